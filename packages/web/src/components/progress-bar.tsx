type Props = { done: number; total: number; label: string }

export function ProgressBar({ done, total, label }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="h-1 w-full overflow-hidden rounded-full bg-n4"
    >
      <div
        className="h-full bg-ink transition-[width]"
        style={{ width: `${total > 0 ? (100 * done) / total : 0}%` }}
      />
    </div>
  )
}
