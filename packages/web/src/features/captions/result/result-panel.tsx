import type { Style } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { captionerOf } from '../../../lib/captioners/chain-members.ts'
import { imageCaptionsQuery } from '../../../lib/captions/list-captions.ts'
import { copyText } from '../../../lib/copy-text.ts'
import { canForce } from '../../../lib/failures/can-force.ts'
import { useAnnounce } from '../../../lib/notices.ts'
import { useServices } from '../../../lib/services.ts'
import { useShortcuts } from '../../../lib/shortcuts/use-shortcuts.ts'
import { useCaptionSession } from '../caption-session.ts'
import { FailureTrace } from '../request/caption-failure.tsx'
import { useCaptionAgain } from '../requests/use-caption-again.ts'
import { optionsFor, type ResolvedSettings } from '../settings/settings.ts'
import { CaptionCard } from './caption-card.tsx'
import { CaptionSkeleton } from './caption-skeleton.tsx'
import { currentCaptions } from './current-captions.ts'
import { EarlierCaptions } from './earlier-captions.tsx'

type Props = { imageId: string; resolved: ResolvedSettings }

/** The words of one image, and the ways to get others. */
export function ResultPanel({ imageId, resolved }: Props) {
  const { options, styles } = resolved
  const { client } = useServices()
  const { reused } = useCaptionSession()
  const query = useInfiniteQuery(imageCaptionsQuery(client, imageId))
  const again = useCaptionAgain(imageId)
  const { current, earlier } = useMemo(
    () => currentCaptions(query.data?.pages.flatMap(({ items }) => items) ?? []),
    [query.data],
  )
  useCopyShortcut(current[0]?.text)

  const working = again.isPending ? (again.variables.styles ?? []) : []
  const isNew = (style: Style) => !current.some((caption) => caption.style === style)

  if (query.isPending) return <CaptionSkeleton style={styles[0] ?? 'concise'} />
  return (
    <div className="flex flex-col gap-3">
      {query.isError && (
        <ErrorNote error={query.error}>
          <Button onClick={() => query.refetch()}>Try again</Button>
        </ErrorNote>
      )}
      {working.filter(isNew).map((style) => (
        <CaptionSkeleton key={style} style={style} />
      ))}
      {current.map((caption) => (
        <CaptionCard
          key={caption.id}
          caption={caption}
          isReused={reused.get(caption.id)}
          isBusy={working.includes(caption.style)}
          onAgain={() =>
            again.mutate({
              ...optionsFor(caption.style, resolved),
              ...(caption.captioner !== null && { captioner: captionerOf(caption.captioner) }),
              fresh: true,
            })
          }
        />
      ))}
      {query.isSuccess && current.length === 0 && !again.isPending && (
        <p className="text-n7">This image has no caption yet.</p>
      )}
      {again.isError && (
        <ErrorNote error={again.error} kept="The captions above are kept.">
          {canForce(again.error) ? (
            <Button onClick={() => again.mutate({ ...again.variables, force: true })}>
              Caption it anyway
            </Button>
          ) : (
            <Button onClick={() => again.mutate(again.variables)}>Try again</Button>
          )}
          <FailureTrace error={again.error} />
        </ErrorNote>
      )}
      <Button
        className="self-start"
        disabled={again.isPending}
        onClick={() => again.mutate(options)}
      >
        Caption with the settings below
      </Button>
      <EarlierCaptions captions={earlier} />
    </div>
  )
}

function useCopyShortcut(text: string | undefined) {
  const announce = useAnnounce()
  const keys = useMemo(
    () =>
      text === undefined
        ? []
        : [
            {
              keys: 'c',
              label: 'Copy the caption',
              run: () => void copyText(text).then(() => announce('Copied the caption.')),
            },
          ],
    [text, announce],
  )
  useShortcuts(keys)
}
