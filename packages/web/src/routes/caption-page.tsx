import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { CaptionPane } from '../features/captions/caption-pane.tsx'
import { DropHint } from '../features/captions/image/drop-area.tsx'

import { useIncomingImages } from '../features/captions/image/use-incoming-images.ts'
import { ImagePane } from '../features/captions/image-pane.tsx'
import { useSettings } from '../features/captions/settings/use-settings.ts'
import { useSubmitImages } from '../features/captions/use-submit-images.ts'
import { useShortcuts } from '../lib/services/use-shortcuts.ts'
import { useTitle } from './use-title.ts'

const route = getRouteApi('/')

/** Home: images on the left, captions on the right. */
export function CaptionPage() {
  useTitle('Caption')
  const { image } = route.useSearch()
  const router = useRouter()
  const navigate = route.useNavigate()
  const pickerRef = useRef<HTMLInputElement>(null)
  const settings = useSettings()

  const open = useCallback(
    (imageId: string | undefined) => void navigate({ search: imageId ? { image: imageId } : {} }),
    [navigate],
  )
  const showIfStillHere = useCallback(
    (imageId: string) => router.state.location.pathname === '/' && open(imageId),
    [router, open],
  )
  const { submitOne, submitMany } = useSubmitImages(settings.options, showIfStillHere)

  const takeFiles = (files: File[]) => {
    const [file, ...rest] = files
    if (!file) return
    if (rest.length === 0) void submitOne({ file })
    else {
      submitMany(files)
      open(undefined)
    }
  }
  const takeUrl = (url: string) => void submitOne({ url })
  const isOver = useIncomingImages({ onFiles: takeFiles, onUrl: takeUrl })

  const keys = useMemo(
    () => [{ keys: 'o', label: 'Choose images', run: () => pickerRef.current?.click() }],
    [],
  )
  useShortcuts(keys)

  const sources = { pickerRef, onFiles: takeFiles, onUrl: takeUrl }
  return (
    <div className="grid grow grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,28%)]">
      <ImagePane imageId={image} sources={sources} onOpen={open} />
      <CaptionPane imageId={image} settings={settings} onSubmit={submitOne} />
      {isOver && <DropHint />}
    </div>
  )
}
