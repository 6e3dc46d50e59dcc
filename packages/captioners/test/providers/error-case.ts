import type { Outcome } from '@descry/contract'
import type { Answer } from './start-provider.ts'

/** When the answers of this folder were given: those that name a date name one shortly after it. */
export const ANSWERED_AT = Date.parse('2026-03-01T12:00:00Z')

/** An answer as the vendor's documents and users show it, and what it means. */
export type ErrorCase = [
  name: string,
  answer: Answer,
  expected: { outcome: Outcome; retryAfterMs?: number; says?: RegExp },
]
