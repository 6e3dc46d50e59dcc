/** A text of the document; what it puts between backticks is code. */
export function Described({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={`${index} ${part}`} className="font-mono">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
