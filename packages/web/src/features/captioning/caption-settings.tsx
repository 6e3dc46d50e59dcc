import type { CaptionerInfo, Style } from '@descry/contract'
import { Globe, House } from 'lucide-react'
import { SkeletonLines } from '../../components/skeleton-lines.tsx'
import { styleWords } from '../../lib/style-words.ts'

type Props = {
  captioners: readonly CaptionerInfo[] | undefined
  captioner: CaptionerInfo | undefined
  styles: readonly Style[]
  onChoose: (change: { captioner?: string; styles?: Style[] }) => void
}

/** Who captions, where the pixels go, and which styles are written. */
export function CaptionSettings({ captioners, captioner, styles, onChoose }: Props) {
  if (!captioners) return <SkeletonLines widths={['100%', '70%', '85%']} />
  if (!captioner) {
    return <p className="text-small text-n7">No captioner is configured on this server.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      <label className="flex flex-col gap-1.5 text-small font-medium">
        Captioner
        <select
          value={captioner.name}
          onChange={(event) => onChoose({ captioner: event.target.value })}
          className="min-h-9 w-full rounded-md border border-n5 bg-n0 px-2 text-base font-normal pointer-coarse:min-h-11"
        >
          {captioners.map(({ name, isDefault }) => (
            <option key={name} value={name}>
              {name}
              {isDefault ? ' (default)' : ''}
            </option>
          ))}
        </select>
        <span className="font-normal text-n7">{captioner.description}</span>
        <PixelsGo to={captioner.sendsPixelsTo} />
      </label>
      <StyleChoice offered={captioner.styles} chosen={styles} onChoose={onChoose} />
    </div>
  )
}

function PixelsGo({ to }: { to: string | null }) {
  const Icon = to === null ? House : Globe
  return (
    <span className="flex items-start gap-1.5 font-normal text-n8">
      <Icon size={14} aria-hidden className="mt-[3px] shrink-0" />
      <span className="wrap-anywhere">
        {to === null ? 'The image stays on this machine' : `The image is sent to ${to}`}
      </span>
    </span>
  )
}

type ChoiceProps = {
  offered: readonly Style[]
  chosen: readonly Style[]
  onChoose: (change: { styles: Style[] }) => void
}

function StyleChoice({ offered, chosen, onChoose }: ChoiceProps) {
  // The last one cannot be switched off: an image is captioned in at least one style.
  const toggle = (style: Style) => {
    const next = offered.filter((each) => (each === style) !== chosen.includes(each))
    return next.length > 0 ? next : [style]
  }
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-small font-medium">Styles</legend>
      <div className="flex flex-wrap gap-2">
        {offered.map((style) => {
          const isOn = chosen.includes(style)
          return (
            <label
              key={style}
              title={styleWords[style].purpose}
              className="inline-flex min-h-9 cursor-pointer items-center gap-2 rounded-md border border-n4 bg-n0 px-3 text-small has-checked:border-ink has-checked:bg-ink-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink pointer-coarse:min-h-11"
            >
              <input
                type="checkbox"
                checked={isOn}
                onChange={() => onChoose({ styles: toggle(style) })}
                className="accent-ink outline-none"
              />
              {styleWords[style].name}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
