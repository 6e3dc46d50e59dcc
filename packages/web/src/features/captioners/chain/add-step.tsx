import type { CaptionerInfo } from '@descry/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { inputClass } from '../../../components/field.tsx'

type Props = { addable: readonly CaptionerInfo[]; onAdd: (name: string) => void }

/** Adds a captioner at the end of the chain. */
export function AddStep({ addable, onAdd }: Props) {
  const [chosen, setChosen] = useState('')
  const name = addable.find((each) => each.name === chosen)?.name ?? addable[0]?.name
  if (name === undefined) return null
  return (
    <form
      className="mt-3 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onAdd(name)
      }}
    >
      <select
        aria-label="Captioner to add"
        value={name}
        onChange={(event) => setChosen(event.target.value)}
        className={`${inputClass} max-w-72`}
      >
        {addable.map((each) => (
          <option key={each.name} value={each.name}>
            {each.name}
          </option>
        ))}
      </select>
      <Button type="submit">
        <Plus size={16} aria-hidden />
        Add to the chain
      </Button>
    </form>
  )
}
