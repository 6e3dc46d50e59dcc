import type { CaptionerInfo } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { DestinationBadge, ForbiddenNote } from '../../../components/destination-badge.tsx'
import { inputClass } from '../../../components/field.tsx'

type Props = {
  captioners: readonly CaptionerInfo[]
  /** Absent: the chain. */
  captioner: CaptionerInfo | undefined
  chain: readonly CaptionerInfo[]
  onChoose: (name: string | undefined) => void
}

/** The chain, or a single captioner, and where it sends images. */
export function CaptionerChoice({ captioners, captioner, chain, onChoose }: Props) {
  const allowed = chain.filter(({ mayBeAsked }) => mayBeAsked !== false)
  // A chain of one is described as that one.
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
      {only ? <p className="text-n7">{only.description}</p> : <ChainOrder allowed={allowed} />}
      {only?.mayBeAsked === false ? (
        <ForbiddenNote />
      ) : (
        hostsOf(only ? [only] : allowed).map((host) => <DestinationBadge key={host} host={host} />)
      )}
    </div>
  )
}

function ChainOrder({ allowed }: { allowed: readonly CaptionerInfo[] }) {
  const names = allowed.map(({ name }) => name).join(', ')
  return (
    <p className="text-n7">
      {names
        ? `Asked in this order, until one answers: ${names}.`
        : 'No captioner of the chain is available.'}{' '}
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

/** The hosts that images may be sent to, each once. Null, for none, only if it is true of all captioners. */
function hostsOf(captioners: readonly CaptionerInfo[]): (string | null)[] {
  const hosts = new Set(captioners.flatMap(({ sendsPixelsTo }) => sendsPixelsTo ?? []))
  return hosts.size > 0 ? [...hosts] : [null]
}
