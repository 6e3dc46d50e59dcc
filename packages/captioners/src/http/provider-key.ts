import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'

type Keys = readonly (string | undefined)[]

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

/** The same failure with `[key]` in the place of every key, whole or in its parts. */
export function withoutKeys(failure: CaptionerFailure, keys: Keys): CaptionerFailure {
  const secrets = keys.flatMap(secretsIn)
  const clean = (text: string) =>
    secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[key]'), text)
  const { outcome, message, retryAfterMs, reply, status, cause } = failure
  if (secrets.length === 0) return failure
  return new CaptionerFailure(outcome, clean(message), {
    retryAfterMs,
    reply: reply && clean(reply),
    status,
    cause,
  })
}

/** AWS keys have parts. What is shorter than 8 is a stand-in like `ollama`, and a word of its own. */
const secretsIn = (key: string | undefined): string[] =>
  key ? [key.trim(), ...key.trim().split(':')].filter((part) => part.length >= 8) : []
