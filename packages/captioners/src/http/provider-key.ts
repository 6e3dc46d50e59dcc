import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'
import { type Keys, maskKeys } from './mask-keys.ts'

/** The first key there is. One that could not be sent is refused here: HTTP would print it. */
export function providerKey(
  keys: Keys,
  { target, needsKey }: { target: Target; needsKey: boolean },
): string | undefined {
  const key = keys.map((one) => one?.trim()).find((one) => one)
  if (!key && needsKey) {
    throw new CaptionerFailure('bad-key', `No key is set for ${nameOf(target)}. Set one.`)
  }
  if (key && !/^[\x21-\x7e]+$/.test(key)) {
    const message = `The key for ${nameOf(target)} holds spaces, line breaks or letters that no key has. Copy it again.`
    throw new CaptionerFailure('bad-key', message)
  }
  return key
}

/** The same failure without any of the keys. */
export function withoutKeys(failure: CaptionerFailure, keys: Keys): CaptionerFailure {
  const { outcome, message, retryAfterMs, reply, status, cause } = failure
  const mask = maskKeys(keys)
  return new CaptionerFailure(outcome, mask(message), {
    retryAfterMs,
    reply: reply && mask(reply),
    status,
    cause,
  })
}
