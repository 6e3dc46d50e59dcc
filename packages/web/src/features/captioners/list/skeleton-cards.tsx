import { SkeletonLines } from '../../../components/skeleton-lines.tsx'

/** The places of cards that are on their way. */
export function SkeletonCards({ amount }: { amount: number }) {
  return (
    <div className="grid gap-4 xl:grid-cols-2 3xl:grid-cols-3">
      {Array.from({ length: amount }, (_, index) => (
        <div key={index} className="min-h-56 rounded-md border border-n4 bg-n0 p-4">
          <SkeletonLines widths={['40%', '25%', '70%', '85%']} />
        </div>
      ))}
    </div>
  )
}
