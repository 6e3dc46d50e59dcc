import type { Sampling } from '@descry/contract'
import type { ReactNode } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { fieldGroups } from './field-labels.ts'
import type { FormField } from './form-fields.ts'

type Props = {
  fields: readonly FormField[]
  /** Sampling settings that would be refused. */
  unsupportedSampling: readonly (keyof Sampling)[]
  /** The form has errors, which must be visible. */
  hasError: boolean
  draw: (field: FormField) => ReactNode
}

/** Optional fields: first those of this kind only, then limits, sampling and price. */
export function MoreFields({ fields, unsupportedSampling, hasError, draw }: Props) {
  const hidden = unsupportedSampling.map((name) => `sampling.${name}`)
  const shown = fields.filter(({ path }) => !hidden.includes(path))
  const ungrouped = shown
    .filter(({ path }) => !path.includes('.'))
    .toSorted((one, other) => Number(isTimeout(one)) - Number(isTimeout(other)))
  return (
    <Disclosure summary="More: timeout, limits, sampling, price" isOpen={hasError || undefined}>
      <div className="mt-3 flex flex-col gap-6 border-l border-n4 pl-4">
        {ungrouped.map(draw)}
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

/** Every kind has one, so it comes after the fields of this kind only. */
const isTimeout = ({ path }: FormField) => path === 'timeoutSeconds'
