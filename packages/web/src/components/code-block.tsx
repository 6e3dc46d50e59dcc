type Props = { text: string; className?: string }

/** Preformatted text in a scrolling box. */
export function CodeBlock({ text, className = '' }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre tabIndex={0} className={`overflow-auto p-4 font-mono text-small ${className}`}>
      {text}
    </pre>
  )
}
