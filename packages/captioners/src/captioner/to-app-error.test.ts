import { Outcome, outcomes } from '@descry/contract'
import { expect, test } from 'vitest'
import { CaptionerFailure } from './captioner-failure.ts'
import { toAppError } from './to-app-error.ts'

test('every outcome has a code, which keeps the message and the failure', () => {
  for (const outcome of Outcome.options) {
    const failure = new CaptionerFailure(outcome, 'What happened.')
    const error = toAppError(failure)
    expect(error).toMatchObject({ message: 'What happened.', cause: failure })
    // The worker may try again exactly where a captioner may be asked again, and after a time-out.
    const again = outcomes[outcome].retry !== 'never' || outcome === 'timed-out'
    expect(error.retry, outcome).toBe(again)
  }
})
