import type { Style } from '@descry/contract'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'

/** The shape of a caption card while its words are being written. */
export function CaptionSkeleton({ style }: { style: Style }) {
  return (
    <div className="rounded-md border border-n4 bg-n0 p-4">
      <p className="text-small font-medium text-n7">{styleLabels[style].name}</p>
      <SkeletonLines widths={['92%', '64%']} />
      <p className="mt-3 text-small text-n7">Captioning…</p>
    </div>
  )
}
