import type { z } from 'zod'
import { OptionError } from './option-error.ts'

/** How an option is called where it was given: `minimumCount` in JSON, `--minimum-count` in a terminal. */
export type NameOption = (option: string) => string

/** A sentence about options that exclude or need each other; undefined where they go together. */
export type OptionRule<Options> = (options: Options, name: NameOption) => string | undefined

/** Checks options, each by itself and then together; the first mistake is thrown as an `OptionError`. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  {
    rules = [],
    nameOption = (option) => option,
  }: { rules?: readonly OptionRule<z.output<Schema>>[]; nameOption?: NameOption | undefined } = {},
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new OptionError(describeIssue(parsed.error.issues[0], nameOption))
  for (const rule of rules) {
    const message = rule(parsed.data, nameOption)
    if (message !== undefined) throw new OptionError(message)
  }
  return parsed.data
}

function describeIssue(issue: z.core.$ZodIssue | undefined, name: NameOption): string {
  if (issue?.code === 'unrecognized_keys') return `There is no option ${name(issue.keys[0] ?? '')}.`
  return `${name(issue?.path.join('.') ?? '')} ${issue?.message ?? 'is wrong.'}`
}
