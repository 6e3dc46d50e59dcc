/** Placeholder for a text that is being loaded. */
export function SkeletonLines({ widths }: { widths: readonly string[] }) {
  return (
    <div aria-hidden className="pulse flex flex-col gap-2 py-1">
      {widths.map((width) => (
        <div key={width} className="h-4 rounded-sm bg-n3" style={{ width }} />
      ))}
    </div>
  )
}
