import type { Caption } from '@descry/contract'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { formatRecentTime } from '../../../lib/format.ts'

/** Captions that were superseded. They are kept, never overwritten. */
export function EarlierCaptions({ captions }: { captions: readonly Caption[] }) {
  if (captions.length === 0) return null
  return (
    <details className="text-small">
      <summary className="w-fit rounded-sm py-1 text-n7 hover:text-n9">
        Earlier captions ({captions.length})
      </summary>
      <ul className="mt-2 flex flex-col gap-3 border-l border-n4 pl-4">
        {captions.map(({ id, text, style, captioner, createdAt }) => (
          <li key={id}>
            <p className="measure text-base wrap-anywhere">{text}</p>
            <p className="text-n7">
              {styleLabels[style].name} · {captioner ?? 'a person'} · {formatRecentTime(createdAt)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}
