/** Shown while files hover over the page: all of it takes them. */
export function DropHint() {
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-2 z-40 grid place-items-center rounded-md border-2 border-dashed border-ink bg-ink-soft/90"
    >
      <p className="text-title font-medium text-ink">Drop to caption</p>
    </div>
  )
}
