import type { ComponentProps } from 'react'
import { Button } from '../../components/button.tsx'
import { useStore } from '../../lib/store.ts'
import { BatchList } from './batch/batch-list.tsx'
import { useCaptionSession } from './caption-session.ts'
import { DropArea } from './image/drop-area.tsx'
import { BatchFilmstrip, RecentFilmstrip } from './image/filmstrips.tsx'
import { ImageFrame } from './image/image-frame.tsx'
import { ImageSources } from './image/image-sources.tsx'
import { StoredImage } from './image/stored-image.tsx'

type Props = {
  imageId: string | undefined
  sources: Omit<ComponentProps<typeof ImageSources>, 'variant'>
  onOpen: (imageId: string | undefined) => void
}

/**
 * The left side: a drop area, an image, or a batch. On a phone its parts are laid out around the caption
 * pane: image, captions, image sources, filmstrip.
 */
export function ImagePane({ imageId, sources, onOpen }: Props) {
  const { batch, request } = useCaptionSession()
  const state = useStore(request.state)
  const isBatch = useStore(batch.state).items.length > 0
  const isWorking = state.phase !== 'idle'

  if (isBatch && !imageId && !isWorking) {
    return (
      <div className="flex min-w-0 flex-col gap-6">
        <BatchList onOpen={onOpen}>
          <ImageSources {...sources} variant="secondary" />
        </BatchList>
      </div>
    )
  }
  const isOpen = isWorking || imageId !== undefined
  return (
    <div className="contents min-w-0 flex-col gap-4 lg:sticky lg:top-16 lg:flex lg:h-[calc(100dvh-5.5rem)]">
      {isOpen && <h1 className="sr-only">Caption</h1>}
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
          {isBatch && <Button onClick={() => onOpen(undefined)}>Back to the list</Button>}
          <ImageSources {...sources} variant="secondary" />
        </div>
      )}
      <div className="order-3 min-w-0 lg:order-none">
        {isBatch ? <BatchFilmstrip /> : <RecentFilmstrip />}
      </div>
    </div>
  )
}
