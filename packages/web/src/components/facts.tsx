import type { ReactNode } from 'react'

type Props = { facts: readonly (readonly [name: string, value: ReactNode])[] }

/** Names and values in two columns. */
export function Facts({ facts }: Props) {
  return (
    <dl className="grid grid-cols-[minmax(3.25rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-n7">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
