import { SkeletonLines } from '../../components/skeleton-lines.tsx'

const places = ['a', 'b', 'c', 'd', 'e', 'f']

/** The shape of the timeline while it is read. */
export function HistorySkeleton() {
  return (
    <div className="-mx-2 mt-12 grid gap-2 md:grid-cols-2 2xl:grid-cols-3">
      {places.map((place) => (
        <div key={place} className="flex gap-4 p-2">
          <div className="pulse size-24 shrink-0 rounded-sm bg-n3" />
          <div className="grow">
            <SkeletonLines widths={['90%', '60%']} />
          </div>
        </div>
      ))}
    </div>
  )
}
