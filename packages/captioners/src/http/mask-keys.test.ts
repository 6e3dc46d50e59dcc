import { expect, test } from 'vitest'
import { maskKeys } from './mask-keys.ts'

const key = 'sk-proj+0123/456789abcdef='
const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['as it is', key],
  ['in capitals', key.toUpperCase()],
  ['reversed', [...key].reverse().join('')],
  ['in base64', base64(key)],
  ['in base64 for addresses', Buffer.from(key).toString('base64url')],
  ['in base64 behind a name', base64(`user:${key}`)],
  ['reversed, then in base64', base64([...key].reverse().join(''))],
  ['as an address has it', encodeURIComponent(key)],
  ['as an address has it, in small letters', encodeURIComponent(key).toLowerCase()],
  ['in hexadecimal', Buffer.from(key).toString('hex')],
])('a key %s is masked', (_case, written) => {
  const masked = maskKeys([key])(`I was told ${written}.`)
  expect(masked).toContain('[key]')
  for (let at = 0; at + 12 <= written.length; at++) {
    expect(masked).not.toContain(written.slice(at, at + 12))
  }
})

test('of a header in base64 only the key is masked', () => {
  const header = base64(`Authorization: Bearer ${key}\r\n`)
  expect(maskKeys([key])(header)).toBe('QXV0aG9yaXphdGlvbjogQmVhcmVyIH[key]DQo=')
})

test('the parts of a key for AWS are masked as well', () => {
  const mask = maskKeys(['AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG'])
  expect(mask('AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG')).toBe('[key] and [key]')
})

test('short stand-ins are words, and no key masks nothing', () => {
  expect(maskKeys(['ollama', undefined])('An ollama on a hill.')).toBe('An ollama on a hill.')
})
