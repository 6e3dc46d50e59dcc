import { Budgets } from '@descry/contract'
import { NumberField } from '../../../components/number-field.tsx'
import { formatDollars } from '../../../lib/format.ts'

type Props = { budgets: Budgets; onSave: (budgets: Budgets, message: string) => void }

const fields = [
  { name: 'perRequest', label: 'Per request', hint: 'All captions of one image.' },
  { name: 'perJob', label: 'Per job', hint: 'With all its attempts.' },
  { name: 'perMonth', label: 'Per month', hint: 'From the first of the month, UTC.' },
] as const satisfies readonly { name: keyof Budgets; label: string; hint: string }[]

/** What captions may cost at most. */
export function BudgetFields({ budgets, onSave }: Props) {
  return (
    <div className="grid max-w-2xl grid-cols-2 gap-4 sm:grid-cols-3">
      {fields.map(({ name, label, hint }) => (
        <NumberField
          key={name}
          label={label}
          hint={hint}
          prefix="$"
          placeholder="no limit"
          value={budgets[name]}
          schema={Budgets.shape[name]}
          onSave={(dollars) => {
            const { [name]: _, ...others } = budgets
            if (dollars === undefined)
              return onSave(others, `Captions have no budget ${label.toLowerCase()}.`)
            onSave(
              { ...budgets, [name]: dollars },
              `The budget ${label.toLowerCase()} is ${formatDollars(dollars)}.`,
            )
          }}
        />
      ))}
    </div>
  )
}
