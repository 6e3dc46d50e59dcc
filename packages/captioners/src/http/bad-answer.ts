import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'

type Came = { reply?: string | undefined; status?: number }

/** There is an answer, and it is not of the provider's format. `what` says what it is instead. */
export const badAnswer = (target: Target, what: string, came: Came = {}): CaptionerFailure =>
  new CaptionerFailure('bad-answer', `${nameOf(target)} answered ${what}.`, came)

/** Where nothing better can be said. */
export const ODD_FORM = 'in a form that is not its own. Check its address and kind'
