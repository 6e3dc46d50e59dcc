import type { Outcome } from '@descry/contract'
import type { Answer } from './start-provider.ts'

/** An answer as the vendor's documents and users show it, and what it means. */
export type ErrorCase = [
  name: string,
  answer: Answer,
  expected: { outcome: Outcome; retryAfterMs?: number; says?: RegExp },
]
