import { type Caption, describeConfidence, type Style } from '@descry/contract'
import { RefreshCw } from 'lucide-react'
import { Button } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captionerOf } from '../../../lib/captioners/chain-members.ts'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { formatDuration } from '../../../lib/format.ts'
import { CaptionDetails } from './caption-details.tsx'

type Props = {
  caption: Caption
  isReused: boolean | undefined
  onAgain: () => void
  isBusy: boolean
}

/** One caption: its text, then its captioner and how it was made. */
export function CaptionCard({ caption, isReused, onAgain, isBusy }: Props) {
  const name = styleLabels[caption.style].name
  return (
    <article
      aria-label={`${name} caption`}
      aria-busy={isBusy}
      className="appear rounded-md border border-n4 bg-n0 p-4"
    >
      <h2 className="text-small font-medium text-n7">{name}</h2>
      <p className={`measure mt-1 text-large text-n9 wrap-anywhere ${isBusy ? 'pulse' : ''}`}>
        {caption.text}
      </p>
      <dl className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-small text-n7">
        {caption.captioner !== null && (
          <Fact name="Captioner" value={captionerOf(caption.captioner)} />
        )}
        {caption.ms !== null && <Fact name="Time" value={formatDuration(caption.ms)} />}
        {caption.confidence !== null && (
          <Fact name="Confidence" value={describeConfidence(caption.confidence)} />
        )}
      </dl>
      <Labels labels={caption.labels} />
      <div className="mt-2 -ml-3 flex flex-wrap">
        <CopyButton text={caption.text} label="Copy" what={`${name.toLowerCase()} caption`} />
        <Button variant="ghost" onClick={onAgain} disabled={isBusy}>
          <RefreshCw size={16} aria-hidden />
          {isBusy ? 'Captioning' : 'Caption again'}
        </Button>
      </div>
      <CaptionDetails caption={caption} isReused={isReused} />
    </article>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="sr-only">{name}</dt>
      <dd className="wrap-anywhere">{value}</dd>
    </div>
  )
}

/** What the captioner sees in the image. */
function Labels({ labels }: { labels: Caption['labels'] }) {
  if (labels.length === 0) return null
  return (
    <ul aria-label="Labels" className="mt-3 flex flex-wrap gap-1.5">
      {labels.map(({ name, probability }) => (
        <li key={name} className="rounded-sm bg-n2 px-2 py-0.5 text-small text-n8">
          {name} <span className="text-n7">{Math.round(probability * 100)} %</span>
        </li>
      ))}
    </ul>
  )
}

/** The shape of a card while its caption is being written. */
export function CaptionSkeleton({ style }: { style: Style }) {
  return (
    <div className="rounded-md border border-n4 bg-n0 p-4">
      <p className="text-small font-medium text-n7">{styleLabels[style].name}</p>
      <SkeletonLines widths={['92%', '64%']} />
      <p className="mt-3 text-small text-n7">Captioning…</p>
    </div>
  )
}
