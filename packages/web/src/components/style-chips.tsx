import type { Style } from '@descry/contract'
import { styleLabels } from '../lib/captions/style-labels.ts'

type Props = {
  legend: string
  /** Smaller, with the legend for screen readers only. */
  isCompact?: boolean
  offered: readonly Style[]
  chosen: readonly Style[]
  onChoose: (styles: Style[]) => void
}

/** Chooses styles. The last one cannot be switched off. */
export function StyleChips({ legend, isCompact = false, offered, chosen, onChoose }: Props) {
  const toggle = (style: Style) => {
    const next = offered.filter((each) => (each === style) !== chosen.includes(each))
    onChoose(next.length > 0 ? next : [style])
  }
  return (
    <fieldset className="min-w-0">
      <legend className={isCompact ? 'sr-only' : 'mb-1.5 text-small font-medium'}>{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {offered.map((style) => (
          <label
            key={style}
            title={styleLabels[style].purpose}
            className={`inline-flex cursor-pointer items-center gap-2 rounded-md border border-n4 bg-n0 text-small has-checked:border-ink has-checked:bg-ink-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink pointer-coarse:min-h-11 ${isCompact ? 'min-h-8 px-2' : 'min-h-9 px-3'}`}
          >
            <input
              type="checkbox"
              checked={chosen.includes(style)}
              onChange={() => toggle(style)}
              className="accent-ink outline-none"
            />
            {styleLabels[style].name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
