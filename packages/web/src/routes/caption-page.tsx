import type { CaptionOptions } from '@descry/contract'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { ErrorNote } from '../components/error-note.tsx'
import { CaptionPane } from '../features/captions/caption-pane.tsx'
import { useCaptionSession } from '../features/captions/caption-session.ts'
import { DropHint } from '../features/captions/image/drop-area.tsx'
import { ImageSources } from '../features/captions/image/image-sources.tsx'
import { RecentFilmstrip } from '../features/captions/image/recent-filmstrip.tsx'
import { useIncomingImages } from '../features/captions/image/use-incoming-images.ts'
import { ImagePane } from '../features/captions/image-pane.tsx'
import { useSettings } from '../features/captions/settings/use-settings.ts'
import { useSubmitImage } from '../features/captions/use-submit-image.ts'
import { BatchFilmstrip } from '../features/jobs/batch/batch-filmstrip.tsx'
import { BatchView } from '../features/jobs/batch/batch-view.tsx'
import { BatchesUnderWay } from '../features/jobs/batch/batches-under-way.tsx'
import { useSubmitBatch } from '../features/jobs/batch/use-submit-batch.ts'
import { useShortcuts } from '../lib/services/use-shortcuts.ts'
import { useStore } from '../lib/store.ts'
import { useTitle } from './use-title.ts'

const route = getRouteApi('/')

/** Home: an image or a batch of images on the left, captions and settings on the right. */
export function CaptionPage() {
  useTitle('Caption')
  const { image, batch, show } = route.useSearch()
  const navigate = route.useNavigate()
  const pickerRef = useRef<HTMLInputElement>(null)
  const settings = useSettings()
  const { request } = useCaptionSession()
  const isWorking = useStore(request.state).phase !== 'idle'

  const open = useCallback(
    (search: { image?: string; batch?: string }) => void navigate({ search }),
    [navigate],
  )
  const openImage = (imageId: string) => open({ image: imageId, ...(batch && { batch }) })
  const { submitOne, submitFiles, failure } = useSubmit({ batch, options: settings.options, open })

  const takeUrl = (url: string) => void submitOne({ url })
  const isOver = useIncomingImages({ onFiles: submitFiles, onUrl: takeUrl })
  const choose = useCallback(() => pickerRef.current?.click(), [])
  useShortcuts(useMemo(() => [{ keys: 'o', label: 'Choose images', run: choose }], [choose]))

  const sources = { pickerRef, onFiles: submitFiles, onUrl: takeUrl }
  return (
    <div className="grid grow grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,28%)]">
      {batch && !image && !isWorking ? (
        <div className="flex min-w-0 flex-col gap-4">
          {failure}
          <BatchView
            key={batch}
            batchId={batch}
            isOnlyFailed={show === 'failed'}
            onOpen={openImage}
            onAdd={choose}
          >
            <ImageSources {...sources} variant="secondary" />
          </BatchView>
        </div>
      ) : (
        <ImagePane
          imageId={image}
          sources={sources}
          onBack={batch ? () => open({ batch }) : undefined}
          filmstrip={
            batch ? <BatchFilmstrip batchId={batch} imageId={image} /> : <RecentFilmstrip />
          }
        >
          {failure ?? <BatchesUnderWay />}
        </ImagePane>
      )}
      <CaptionPane imageId={image} settings={settings} onSubmit={submitOne} />
      {isOver && <DropHint />}
    </div>
  )
}

type SubmitOptions = {
  batch: string | undefined
  options: Partial<CaptionOptions>
  open: (search: { image?: string; batch?: string }) => void
}

/** One image is captioned at once, several become a batch; a batch that misses images takes both. */
function useSubmit({ batch, options, open }: SubmitOptions) {
  const router = useRouter()
  const { request } = useCaptionSession()
  const isStillHere = useCallback(() => router.state.location.pathname === '/', [router])
  const showImage = useCallback(
    (image: string) => isStillHere() && open({ image, ...(batch && { batch }) }),
    [isStillHere, open, batch],
  )
  const submitOne = useSubmitImage(options, showImage)
  const submitBatch = useSubmitBatch({
    batchId: batch,
    options,
    onStarted: ({ id }) => isStillHere() && open({ batch: id }),
  })

  const submitFiles = (files: File[], folder?: string) => {
    const [file, ...others] = files
    if (!file) return
    if (others.length === 0 && !submitBatch.isAwaitingImages) return void submitOne({ file })
    request.dismiss()
    submitBatch.submit({ files, folder })
  }
  const failure = submitBatch.error ? (
    <ErrorNote error={submitBatch.error} kept="No image was sent; they are kept here.">
      <Button onClick={submitBatch.retry}>Try again</Button>
    </ErrorNote>
  ) : undefined
  return { submitOne, submitFiles, failure }
}
