import { Image } from 'lucide-react'
import type { ComponentProps } from 'react'
import { ImageSources } from './image-sources.tsx'

/** Invites to drop or choose images while there is none. */
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
          <span className="pointer-coarse:hidden">or paste one. </span>Several at once become a
          list.
        </p>
      </div>
      <div className="w-full max-w-xl">
        <ImageSources {...props} variant="primary" />
      </div>
    </section>
  )
}

/** Shown while files are dragged over the page, which accepts them anywhere. */
export function DropHint() {
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-2 z-40 grid place-items-center rounded-md border-2 border-dashed border-ink bg-ink-soft/90"
    >
      <p className="text-title font-medium text-ink">Drop to caption</p>
    </div>
  )
}
