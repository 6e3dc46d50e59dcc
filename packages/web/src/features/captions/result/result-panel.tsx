import type { Caption, CaptionOptions, Style } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { captionerOf } from '../../../lib/captioners/chain-members.ts'
import { imageCaptionsQuery } from '../../../lib/captions/list-captions.ts'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { copyText } from '../../../lib/copy-text.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useShortcuts } from '../../../lib/services/use-shortcuts.ts'
import { CaptionFailure } from '../caption-failure.tsx'
import { useCaptionSession } from '../caption-session.ts'
import { useCaptionAgain } from '../requests/use-caption-again.ts'
import { optionsFor, type ResolvedSettings } from '../settings/choices.ts'
import { CaptionCard, CaptionSkeleton } from './caption-card.tsx'
import { currentCaptions } from './current-captions.ts'
import { EarlierCaptions } from './earlier-captions.tsx'

type Props = { imageId: string; settings: ResolvedSettings }

/** The captions of one image, and the ways to get others. */
export function ResultPanel({ imageId, settings }: Props) {
  const { client } = useServices()
  const { reused, missing } = useCaptionSession()
  const query = useInfiniteQuery(imageCaptionsQuery(client, imageId))
  const again = useCaptionAgain(imageId)
  const { current, earlier } = useMemo(
    () => currentCaptions(query.data?.pages.flatMap(({ items }) => items) ?? []),
    [query.data],
  )
  useCopyShortcut(current[0]?.text)

  if (query.isPending) return <CaptionSkeleton style={settings.styles[0] ?? 'concise'} />
  const pending = again.isPending ? (again.variables.styles ?? []) : []
  const isNew = (style: Style) => !current.some((caption) => caption.style === style)
  return (
    <div className="flex flex-col gap-3">
      {query.isError && (
        <ErrorNote error={query.error}>
          <Button onClick={() => query.refetch()}>Try again</Button>
        </ErrorNote>
      )}
      {pending.filter(isNew).map((style) => (
        <CaptionSkeleton key={style} style={style} />
      ))}
      {current.map((caption) => (
        <CaptionCard
          key={caption.id}
          caption={caption}
          isReused={reused.get(caption.id)}
          isBusy={pending.includes(caption.style)}
          onAgain={() => again.mutate(optionsForAnother(caption, settings))}
        />
      ))}
      {(missing.get(imageId) ?? [])
        .filter(({ style }) => isNew(style))
        .map(({ style, reason }) => (
          <p key={style} className="measure text-small text-n7">
            No {styleLabels[style].name.toLowerCase()} caption: {reason}
          </p>
        ))}
      {query.isSuccess && current.length === 0 && !again.isPending && (
        <p className="text-n7">This image has no caption yet.</p>
      )}
      {again.isError && (
        <CaptionFailure
          error={again.error}
          kept="The captions above are kept."
          onRetry={() => again.mutate(again.variables)}
          onForce={() => again.mutate({ ...again.variables, force: true })}
        />
      )}
      <Button
        className="self-start"
        disabled={again.isPending}
        onClick={() => again.mutate(settings.options)}
      >
        Caption with the settings below
      </Button>
      <EarlierCaptions captions={earlier} />
    </div>
  )
}

/** Another caption of the same style by the same captioner. */
const optionsForAnother = (
  { style, captioner }: Caption,
  settings: ResolvedSettings,
): Partial<CaptionOptions> => ({
  ...optionsFor(style, settings),
  ...(captioner !== null && { captioner: captionerOf(captioner) }),
  fresh: true,
})

function useCopyShortcut(text: string | undefined) {
  const announce = useAnnounce()
  const shortcuts = useMemo(() => {
    if (text === undefined) return []
    const run = () => void copyText(text).then(() => announce('Copied the caption.'))
    return [{ keys: 'c', label: 'Copy the caption', run }]
  }, [text, announce])
  useShortcuts(shortcuts)
}
