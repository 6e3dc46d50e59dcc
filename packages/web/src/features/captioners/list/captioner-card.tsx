import type { ReactNode } from 'react'
import { DestinationBadge, ForbiddenNote } from '../../../components/destination-badge.tsx'
import { Facts } from '../../../components/facts.tsx'
import { Switch } from '../../../components/switch.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import type { CaptionerEntry } from './captioner-entries.ts'
import { describeLimits, describeModels, describePrice } from './describe-settings.ts'

type Props = {
  entry: CaptionerEntry
  onEnable?: (isEnabled: boolean) => void
  /** Test, edit and remove, where that is possible. */
  children?: ReactNode
}

/** One captioner: what it is, where it sends images, what it can do and what it costs. */
export function CaptionerCard({ entry, onEnable, children }: Props) {
  const { name, title, host, configured, origin, isForbidden } = entry
  return (
    <article
      aria-label={name}
      className="flex h-full flex-col gap-3 rounded-md border border-n4 bg-n0 p-4"
    >
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="font-medium wrap-anywhere">{name}</h3>
          <p className="text-small text-n7">{title}</p>
        </div>
        {configured && onEnable && (
          <div className="-my-1.5">
            <Switch isOn={configured.settings.enabled} onChange={onEnable} label={`Enable ${name}`}>
              Enabled
            </Switch>
          </div>
        )}
      </div>
      <DestinationBadge host={host} />
      {isForbidden && <ForbiddenNote />}
      {configured?.problem && (
        <p
          role="alert"
          className="rounded-sm bg-alarm-soft p-2 text-small text-alarm wrap-anywhere"
        >
          {configured.problem}
        </p>
      )}
      <Facts facts={factsOf(entry)} />
      {origin && <p className="text-small text-n7 wrap-anywhere">{origin}</p>}
      {children}
    </article>
  )
}

function factsOf({ styles, configured, host }: CaptionerEntry): [string, string][] {
  const names = styles.map((style) => styleLabels[style].name).join(', ')
  const facts: [string, string][] = names ? [['Styles', names]] : []
  if (!configured) return facts
  const { settings, keyHint } = configured
  const limits = describeLimits(settings.limits)
  facts.unshift(['Models', describeModels(settings)])
  if (limits) facts.push(['Limits', limits])
  if (settings.price) facts.push(['Price', describePrice(settings.price)])
  else if (host !== null) facts.push(['Price', 'not set, so budgets do not count it'])
  if (keyHint !== null) facts.push(['Key', `••••${keyHint}`])
  else if (host !== null) facts.push(['Key', 'none'])
  return facts
}
