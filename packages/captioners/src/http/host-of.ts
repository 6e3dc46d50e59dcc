import { CaptionerFailure } from '../captioner/captioner-failure.ts'

/** The host of a provider's address, as people are told it. A password there would be told as well. */
export function hostOf(url: string): string {
  const { host, username, password } = new URL(url)
  if (!username && !password) return host
  const message = `The address of ${host} holds a user name or password. Give it without, and set a key.`
  throw new CaptionerFailure('bad-request', message)
}
