import type { Caption } from '@descry/contract'
import { formatDuration } from '../../lib/format-duration.ts'
import { formatMoment } from '../../lib/format-time.ts'
import { explainConfidence } from './format-confidence.ts'

type Props = { caption: Caption; isReused: boolean | undefined }

/** How this came to be. */
export function CaptionOrigin({ caption, isReused }: Props) {
  const facts: [string, string][] = [
    ['Captioner', caption.captioner],
    ['Style', caption.style],
    ['Model version', caption.modelVersion ?? 'not told'],
    ['Took', formatDuration(caption.ms)],
    ['Written', formatMoment(caption.createdAt)],
    ['Author', caption.author === 'model' ? 'a model' : 'a person'],
  ]
  if (caption.confidence !== null) {
    facts.push(['Confidence', explainConfidence(caption.confidence)])
  }
  if (caption.usage) {
    facts.push(['Tokens', `${caption.usage.inputTokens} in, ${caption.usage.outputTokens} out`])
  }
  if (isReused !== undefined) {
    facts.push([
      'Reused',
      isReused ? 'yes: it existed, and was not asked for again' : 'no: written just now',
    ])
  }
  if (caption.supersedes) facts.push(['Supersedes', caption.supersedes])
  return (
    <details className="mt-1 text-small">
      <summary className="w-fit rounded-sm py-1 text-n7 hover:text-n9">How this came to be</summary>
      <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-n7">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
