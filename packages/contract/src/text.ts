import { z } from 'zod'

/**
 * A text that comes in, of at most `max` characters. What no database keeps (NUL) and what is no text
 * (half of a character) is refused, never replaced without a word.
 */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'contains the character NUL')
    .refine((value) => value.isWellFormed(), 'contains half of a character (a lone surrogate)')

/** The value of the header Idempotency-Key. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, 'expected 1 to 255 visible ASCII characters, for example a UUID')

/**
 * A number in JSON, or written out, as forms and queries do. Nothing else is taken for one: not null, not
 * an empty text, not `true`.
 */
export const number = (schema: z.ZodNumber) => z.union([z.number(), written]).pipe(schema)

const written = z
  .string()
  .trim()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'must be a number')
  .transform(Number)
