import { Image } from 'lucide-react'
import type { ComponentProps } from 'react'
import { ImageSources } from './image-sources.tsx'

/** The empty light table: the whole of it invites a drop. */
export function DropArea(props: Omit<ComponentProps<typeof ImageSources>, 'variant'>) {
  return (
    <section
      aria-label="Drop area"
      className="flex h-full min-h-80 w-full flex-col items-center justify-center gap-6 rounded-md border border-dashed border-n5 bg-n2 p-6 text-center"
    >
      <Image size={40} strokeWidth={1.25} aria-hidden className="text-n7" />
      <div>
        <h1 className="text-title font-medium">
          <span className="pointer-coarse:hidden">Drop an image</span>
          <span className="pointer-fine:hidden">Caption a photo</span>
        </h1>
        <p className="mt-1 text-n7">
          <span className="pointer-coarse:hidden">or paste one. </span>Many at once become a list.
        </p>
      </div>
      <div className="w-full max-w-xl">
        <ImageSources {...props} variant="primary" />
      </div>
    </section>
  )
}
