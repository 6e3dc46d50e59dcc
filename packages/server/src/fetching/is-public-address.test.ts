import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { expect, test } from 'vitest'
import { isPublicAddress } from './is-public-address.ts'
import { parseTarget } from './parse-target.ts'

/** Written out apart from the source's tables: the slow witness. */
const refusedV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '255.255.255.255/32'],
]
const refusedV6 = [
  ...['::/128', '::1/128', '::/96', '::ffff:0:0/96', '64:ff9b:1::/48', '100::/64', '2001::/32'],
  ...['2001:2::/48', '2001:10::/28', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16'],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8', 'fd00:ec2::254/128'],
]

/** An address in the range: its network's bits, the rest at random. */
function inRange(cidr: string) {
  const [network, bits] = ipaddr.parseCIDR(cidr)
  const bytes = network.toByteArray()
  return fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }).map((random) =>
    bytes.map((byte, i) => {
      const mask = (0xff << Math.min(8, Math.max(0, 8 * (i + 1) - bits))) & 0xff
      return (byte & mask) | ((random[i] ?? 0) & ~mask & 0xff)
    }),
  )
}
const toV4 = (bytes: number[]) => new ipaddr.IPv4(bytes).toString()
const toV6 = (bytes: number[]) => new ipaddr.IPv6(bytes).toNormalizedString()

/** Ways in which people write one IPv4 address as the host of a URL. */
const spellings: ((bytes: number[]) => string)[] = [
  ([a, b, c, d]) => `${a}.${b}.${c}.${d}`,
  ([a, b, c, d]) => `${a}.${b}.${c}.${d}.`,
  ([a = 0, b = 0, c = 0, d = 0]) => String(((a * 256 + b) * 256 + c) * 256 + d),
  ([a = 0, b = 0, c = 0, d = 0]) => `0x${(((a * 256 + b) * 256 + c) * 256 + d).toString(16)}`,
  (bytes) => bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
  (bytes) => bytes.map((byte) => `0X${byte.toString(16)}`).join('.'),
  ([a, b, c = 0, d = 0]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b = 0, c = 0, d = 0]) => `${a}.${(b * 256 + c) * 256 + d}`,
  (bytes) =>
    bytes.join('.').replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (bytes) => bytes.join('。'),
  (bytes) => bytes.join('.').replace('.', '%2e'),
  (bytes) => `[::ffff:${toV4(bytes)}]`,
  (bytes) => `[::${toV4(bytes)}]`,
  (bytes) => `[64:ff9b::${toV4(bytes)}]`,
  ([a = 0, b = 0, c = 0, d = 0]) =>
    `[2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::1]`,
  (bytes) =>
    `[2001:0:4136:e378:8000:63bf:${bytes
      .map((byte) => (255 - byte).toString(16).padStart(2, '0'))
      .join('')
      .replace(/^(....)/, '$1:')}]`,
]

const hostOf = (spelling: string) =>
  parseTarget(`http://${spelling}/photo.jpg`).hostname.replace(/[[\]]/g, '')

test.each(refusedV4)('every address in %s is refused, however it is written', (cidr) => {
  fc.assert(
    fc.property(inRange(cidr), fc.constantFrom(...spellings), (bytes, spell) => {
      expect(isPublicAddress(toV4(bytes))).toBe(false)
      expect(isPublicAddress(hostOf(spell(bytes))), spell(bytes)).toBe(false)
    }),
  )
})

test.each(refusedV6)('every address in %s is refused', (cidr) => {
  fc.assert(
    fc.property(inRange(cidr), (bytes) => {
      expect(isPublicAddress(toV6(bytes)), toV6(bytes)).toBe(false)
      expect(isPublicAddress(hostOf(`[${toV6(bytes)}]`))).toBe(false)
    }),
  )
})

test.each([
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fe80::1%eth0',
])('the metadata or host service at %s is refused', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['', 'localhost', '1.2.3', '0x7f.1', '1.2.3.4.5', '::g', '127.0.0.1 '])(
  'text that is no plain address is refused: "%s"',
  (text) => {
    expect(isPublicAddress(text)).toBe(false)
  },
)

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '64:ff9b::808:808',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})
