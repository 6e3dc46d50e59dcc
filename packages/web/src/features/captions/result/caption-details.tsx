import { type Caption, describeConfidence } from '@descry/contract'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Facts } from '../../../components/facts.tsx'
import { TraceList } from '../../../components/trace-list.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { formatDateTime, formatDuration, formatTokens } from '../../../lib/format.ts'

type Props = { caption: Caption; isReused: boolean | undefined }

/** How a caption was made: the attempts, and with what. */
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
  // With a trace its steps say this; without a captioner, a person wrote the caption.
  if (!caption.trace && caption.captioner !== null) {
    facts.push(
      ['Captioner', caption.captioner],
      ['Model version', caption.modelVersion ?? 'unknown'],
    )
    if (caption.ms !== null) facts.push(['Time', formatDuration(caption.ms)])
    const tokens = formatTokens(caption.usage?.inputTokens, caption.usage?.outputTokens)
    if (tokens) facts.push(['Usage', tokens])
  }
  if (caption.confidence !== null) {
    facts.push(['Confidence', explainConfidence(caption.confidence)])
  }
  if (isReused !== undefined) {
    facts.push(['Reused', isReused ? 'yes, it existed already' : 'no, it was written just now'])
  }
  if (caption.supersedes) facts.push(['Supersedes', caption.supersedes])
  return facts
}

export function explainConfidence(confidence: number): string {
  const inTen = Math.round(confidence * 10)
  return (
    `${describeConfidence(confidence)}: of ten captions like this, about ${inTen} describe their ` +
    'image as well as people do'
  )
}
