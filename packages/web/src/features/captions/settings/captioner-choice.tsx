import type { CaptionerInfo } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { DestinationBadge } from '../../../components/destination-badge.tsx'
import { inputClass } from '../../../components/field.tsx'

type Props = {
  captioners: readonly CaptionerInfo[]
  /** Absent: the chain. */
  captioner: CaptionerInfo | undefined
  chain: readonly CaptionerInfo[]
  onChoose: (name: string | undefined) => void
}

/** The chain, or one captioner alone, and where the pixels go. */
export function CaptionerChoice({ captioners, captioner, chain, onChoose }: Props) {
  const allowed = chain.filter(({ mayBeAsked }) => mayBeAsked !== false)
  // A chain of one is that one: it says the same about itself.
  const only = captioner ?? (chain.length === 1 ? chain[0] : undefined)
  return (
    <div className="flex flex-col gap-1.5 text-small">
      <label htmlFor="captioner" className="font-medium">
        Captioner
      </label>
      <select
        id="captioner"
        value={captioner?.name ?? ''}
        onChange={(event) => onChoose(event.target.value || undefined)}
        className={inputClass}
      >
        <option value="">{allowed[0] ? `Automatic: ${allowed[0].name}` : 'Automatic'}</option>
        {captioners.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {only ? <p className="text-n7">{only.description}</p> : <Order allowed={allowed} />}
      {only?.mayBeAsked === false ? (
        <p className="text-alarm">The privacy rules keep pictures from it.</p>
      ) : (
        hostsOf(only ? [only] : allowed).map((host) => <DestinationBadge key={host} host={host} />)
      )}
    </div>
  )
}

function Order({ allowed }: { allowed: readonly CaptionerInfo[] }) {
  const names = allowed.map(({ name }) => name).join(', ')
  return (
    <p className="text-n7">
      {names
        ? `Asked in this order, until one answers: ${names}.`
        : 'Nobody of the chain may be asked, or is there any more.'}{' '}
      <Link
        to="/settings"
        search={{ section: 'chain' }}
        className="text-n9 underline underline-offset-2"
      >
        Change the order
      </Link>
    </p>
  )
}

/** Where pixels may go: each host once; that they stay here only where that is sure. */
function hostsOf(captioners: readonly CaptionerInfo[]): (string | null)[] {
  const away = new Set(captioners.flatMap(({ sendsPixelsTo }) => sendsPixelsTo ?? []))
  return away.size > 0 ? [...away] : [null]
}
