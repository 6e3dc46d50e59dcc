import type { Outcome } from '@descry/contract'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'
import { type AnswerClass, classifyAnswer } from './classify-answer.ts'
import { type ErrorAnswer, readErrorBody } from './read-error-body.ts'
import { readRetryAfter } from './read-retry-after.ts'

type Options = ErrorAnswer & {
  /** All that came, where the body is only the part that tells of the error. */
  reply?: string
}

/** What an answer that holds an error means. Of all providers, for they have much in common. */
export function answerFailure(target: Target, answer: Options): CaptionerFailure {
  const { status, headers, body, reply = body } = answer
  const said = readErrorBody(answer)
  const { outcome, what, advice } = meanings[classifyAnswer(status, said)]
  const words = said.message || headers.get('location')
  const details = words ? `${status}: ${words.replace(/\.+$/, '')}` : `${status}`
  const message = `${nameOf(target)} ${what} (${details}). ${advice}`
  const passing = outcome === 'rate-limited' || outcome === 'unreachable'
  const retryAfterMs = passing ? readRetryAfter({ headers, body }) : undefined
  return new CaptionerFailure(outcome, message, { retryAfterMs, reply, status })
}

/** What happened, and how to fix it. */
const meanings: Record<AnswerClass, { outcome: Outcome; what: string; advice: string }> = {
  'bad-key': {
    outcome: 'bad-key',
    what: 'does not accept the key',
    advice: 'Set another one, or give it the right to use this model.',
  },
  // Not `rate-limited`: no waiting helps, a person must act; nor `over-budget`, which is our own limit.
  'no-credit': {
    outcome: 'bad-key',
    what: 'has no credit left for this key',
    advice: 'Top it up there, or set another key.',
  },
  'rate-limited': {
    outcome: 'rate-limited',
    what: 'takes no more requests for now',
    advice: 'Wait, or set a lower limit of requests.',
  },
  'too-large': {
    outcome: 'too-large',
    what: 'finds the image too large',
    advice: 'Lower maxSide or maxBytes in its limits.',
  },
  'unsupported-image': {
    outcome: 'unsupported-image',
    what: 'cannot read the image',
    advice: 'Set the formats that it reads in its limits.',
  },
  blocked: {
    outcome: 'blocked',
    what: 'gave no caption, because its content filter stopped the image',
    advice: 'Write this caption yourself, or choose another captioner.',
  },
  unreachable: { outcome: 'unreachable', what: 'failed', advice: 'Try again later.' },
  unclear: {
    outcome: 'bad-answer',
    what: 'answered with an error',
    advice: 'Try again later.',
  },
  redirected: {
    outcome: 'bad-request',
    what: 'is at another address',
    advice: 'Set that one: images are sent nowhere else than to the host you named.',
  },
  blind: {
    outcome: 'bad-request',
    what: 'does not look at images',
    advice: 'Choose a model that does.',
  },
  'bad-request': {
    outcome: 'bad-request',
    what: 'refuses the request',
    advice: 'Check its address, the name of the model and its settings.',
  },
}
