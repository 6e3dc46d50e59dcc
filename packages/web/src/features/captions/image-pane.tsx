import type { ComponentProps, ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { useStore } from '../../lib/store.ts'
import { useCaptionSession } from './caption-session.ts'
import { DropArea } from './image/drop-area.tsx'
import { ImageFrame } from './image/image-frame.tsx'
import { ImageSources } from './image/image-sources.tsx'
import { StoredImage } from './image/stored-image.tsx'

type Props = {
  imageId: string | undefined
  sources: Omit<ComponentProps<typeof ImageSources>, 'variant'>
  /** Leads back to the list that the image is part of. */
  onBack: (() => void) | undefined
  filmstrip: ReactNode
  /** What stands above the drop area. */
  children: ReactNode
}

/**
 * The left side: a drop area or an image. On a phone its parts are laid out around the caption pane:
 * image, captions, image sources, filmstrip.
 */
export function ImagePane({ imageId, sources, onBack, filmstrip, children }: Props) {
  const { request } = useCaptionSession()
  const state = useStore(request.state)
  const isWorking = state.phase !== 'idle'
  const isOpen = isWorking || imageId !== undefined
  return (
    <div className="contents min-w-0 flex-col gap-4 lg:sticky lg:top-16 lg:flex lg:h-[calc(100dvh-5.5rem)]">
      {isOpen ? <h1 className="sr-only">Caption</h1> : children}
      <div
        className={isOpen ? 'h-[44dvh] lg:h-auto lg:grow' : 'h-[60dvh] min-h-96 lg:h-auto lg:grow'}
      >
        {isWorking ? (
          <ImageFrame
            src={state.previewUrl}
            alt="The image being captioned"
            name={'url' in state.source ? state.source.url : state.source.file.name}
            isWaiting={state.phase === 'working'}
          />
        ) : imageId ? (
          <StoredImage imageId={imageId} />
        ) : (
          <DropArea {...sources} />
        )}
      </div>
      {isOpen && (
        <div className="order-2 flex flex-wrap gap-2 lg:order-none">
          {onBack && <Button onClick={onBack}>Back to the list</Button>}
          <ImageSources {...sources} variant="secondary" />
        </div>
      )}
      <div className="order-3 min-w-0 lg:order-none">{filmstrip}</div>
    </div>
  )
}
