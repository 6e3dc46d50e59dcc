export type Keys = readonly (string | undefined)[]

/**
 * Puts `[key]` in the place of every key, whole or in its parts, as it is, reversed or encoded: servers
 * repeat headers, and a model may be talked into saying what it was sent.
 */
export function maskKeys(keys: Keys): (text: string) => string {
  const secrets = [...new Set(keys.flatMap(secretsIn))]
  const written = secrets.flatMap((secret) => [secret, reverse(secret)]).flatMap(spellingsOf)
  if (written.length === 0) return (text) => text
  // The longest first: what remained of one around a shorter one would be told.
  const alternatives = written.sort((a, b) => b.length - a.length).map(escapeForPattern)
  const pattern = new RegExp(alternatives.join('|'), 'gi')
  return (text) => text.replace(pattern, '[key]')
}

const escapeForPattern = (text: string) => text.replace(/\W/g, '\\$&')

/** AWS keys have parts. What is shorter than 8 is a stand-in like `ollama`, and a word of its own. */
const secretsIn = (key: string | undefined): string[] =>
  key ? [key.trim(), ...key.trim().split(':')].filter((part) => part.length >= SHORTEST) : []

const SHORTEST = 8

const reverse = (text: string) => [...text].reverse().join('')

function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((before) => base64Inside(bytes, before))
  return [
    ...[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
    ...[bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')],
    ...base64.filter((one) => one.length >= SHORTEST),
    ...base64.map(toUrlSafe).filter((one) => one.length >= SHORTEST),
  ]
}

/**
 * What is the same in the base64 of every text that holds the secret behind `before` bytes, counted in
 * threes: the letters that no other byte has a part in. So a whole header is recognised, too.
 */
function base64Inside(secret: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), secret]).toString('base64')
  const start = Math.ceil((before * 8) / 6)
  const end = Math.floor(((before + secret.length) * 8) / 6)
  return encoded.slice(start, end)
}

const toUrlSafe = (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_')
