import type { Sampling } from '@descry/contract'
import type { ReactNode } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { fieldGroups } from './field-labels.ts'
import type { FormField } from './form-fields.ts'

type Props = {
  fields: readonly FormField[]
  /** Sampling that would be refused. */
  without: readonly (keyof Sampling)[]
  /** One of them may be wrong: it must be seen. */
  hasError: boolean
  draw: (field: FormField) => ReactNode
}

/** Fields that most leave as they are: first what this kind alone has, then limits, sampling and price. */
export function MoreFields({ fields, without, hasError, draw }: Props) {
  const hidden = without.map((name) => `sampling.${name}`)
  const shown = fields.filter(({ path }) => !hidden.includes(path))
  const own = shown
    .filter(({ path }) => !path.includes('.'))
    .toSorted((one, other) => Number(isDeadline(one)) - Number(isDeadline(other)))
  return (
    <Disclosure summary="More: deadline, limits, sampling, price" isOpen={hasError || undefined}>
      <div className="mt-3 flex flex-col gap-6 border-l border-n4 pl-4">
        {own.map(draw)}
        {fieldGroups.map(({ prefix, title, text }) => {
          const members = shown.filter(({ path }) => path.startsWith(`${prefix}.`))
          if (members.length === 0) return null
          return (
            <fieldset key={prefix} className="min-w-0">
              <legend className="text-base font-medium">{title}</legend>
              <p className="measure mb-3 text-n7">{text}</p>
              <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3">
                {members.map(draw)}
              </div>
            </fieldset>
          )
        })}
      </div>
    </Disclosure>
  )
}

/** Every kind has one: it comes after what is special. */
const isDeadline = ({ path }: FormField) => path === 'timeoutSeconds'
