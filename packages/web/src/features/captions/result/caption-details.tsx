import type { Caption } from '@descry/contract'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Facts } from '../../../components/facts.tsx'
import { TraceList } from '../../../components/trace-list.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { formatDateTime, formatDuration } from '../../../lib/format.ts'
import { explainConfidence } from './explain-confidence.ts'

type Props = { caption: Caption; isReused: boolean | undefined }

/** How this came to be: what was tried, and with what. */
export function CaptionDetails({ caption, isReused }: Props) {
  const { trace } = caption
  return (
    <div className="mt-1">
      <Disclosure summary="How this came to be">
        <div className="mt-2 flex flex-col gap-4">
          {trace && trace.steps.length > 0 && <TraceList trace={trace} />}
          <Facts facts={factsOf(caption, isReused)} />
        </div>
      </Disclosure>
    </div>
  )
}

function factsOf(caption: Caption, isReused: boolean | undefined): [string, string][] {
  const facts: [string, string][] = [
    ['Style', styleLabels[caption.style].name],
    ['Written', formatDateTime(caption.createdAt)],
    ['Author', caption.author === 'model' ? 'a model' : 'a person'],
  ]
  // Otherwise what was tried says it, or a person wrote it.
  if (!caption.trace && caption.captioner !== null) {
    facts.push(
      ['Captioner', caption.captioner],
      ['Model version', caption.modelVersion ?? 'not told'],
    )
    if (caption.ms !== null) facts.push(['Took', formatDuration(caption.ms)])
    if (caption.usage) {
      facts.push(['Tokens', `${caption.usage.inputTokens} in, ${caption.usage.outputTokens} out`])
    }
  }
  if (caption.confidence !== null) {
    facts.push(['Confidence', explainConfidence(caption.confidence)])
  }
  if (isReused !== undefined) {
    facts.push([
      'Reused',
      isReused ? 'yes: it existed, and was not asked for again' : 'no: written just now',
    ])
  }
  if (caption.supersedes) facts.push(['Supersedes', caption.supersedes])
  return facts
}
