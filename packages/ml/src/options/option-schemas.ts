import { z } from 'zod'

/** Schemas of single options. Their messages follow the option's name and end the sentence. */

export const wholeNumber = (min: number, max: number) => {
  const error = orElse(`a whole number from ${min} to ${max}`)
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}

/** From 0 to 1, 1 itself not included. */
export const fraction = () => {
  const error = orElse('a number from 0 up to 1')
  return z.number({ error }).min(0, { error }).lt(1, { error })
}

export const positiveFraction = () => {
  const error = orElse('a number above 0 up to 1')
  return z.number({ error }).gt(0, { error }).lt(1, { error })
}

export const positiveNumber = (max: number) => {
  const error = orElse(`a number above 0 up to ${max}`)
  return z.number({ error }).gt(0, { error }).max(max, { error })
}

export const numberFrom = (min: number, max: number) => {
  const error = orElse(`a number from ${min} to ${max}`)
  return z.number({ error }).min(min, { error }).max(max, { error })
}

export const oneOf = <const Choices extends readonly string[]>(choices: Choices) =>
  z.enum(choices, { error: orElse(`one of ${choices.join(', ')}`) })

export const text = (what: string) => {
  const error = `is needed: ${what}.`
  return z.string({ error }).min(1, { error })
}

const orElse =
  (allowed: string) =>
  ({ input }: { input?: unknown }): string =>
    `is ${allowed}, not ${input === '' ? 'empty' : String(input)}.`
