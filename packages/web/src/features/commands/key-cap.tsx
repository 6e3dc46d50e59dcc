/** Draws `g h` as two keys. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {keys.split(' ').map((key, index) => (
        <kbd
          key={index}
          className="grid h-6 min-w-6 place-items-center rounded-sm border border-n4 bg-n1 px-1 font-mono text-small text-n8"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
