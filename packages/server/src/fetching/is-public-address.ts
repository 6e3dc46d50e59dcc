import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * May a stranger's URL lead here? Only what the internet at large can reach: everything that loops
 * back, stays in a network, is reserved, or wraps such an IPv4 address in IPv6 is refused, and so is
 * text that is no address.
 */
export function isPublicAddress(text: string): boolean {
  if (!isIP(text)) return false // ipaddr.js alone would also read `1.2.3`
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return isPublicIPv4(address)
  if (isIn(address, nat64)) return isPublicIPv4(lastFourBytes(address))
  return isIn(address, globalUnicast) && !specialIPv6.some((range) => isIn(address, range))
}

const isPublicIPv4 = (address: ipaddr.IPv4) =>
  address.range() === 'unicast' && !specialIPv4.some((range) => address.match(range))

const isIn = (address: ipaddr.IPv6, range: [ipaddr.IPv6, number]) => address.match(range)

const lastFourBytes = (address: ipaddr.IPv6) => new ipaddr.IPv4(address.toByteArray().slice(-4))

const v4 = (cidr: string) => ipaddr.IPv4.parseCIDR(cidr)
const v6 = (cidr: string) => ipaddr.IPv6.parseCIDR(cidr)

/** Beyond the ranges that ipaddr.js knows (RFC 6890 and successors). */
const specialIPv4 = [
  v4('0.0.0.0/8'), // "this network"
  v4('192.0.0.0/24'), // IETF protocol assignments; Oracle's metadata service
  v4('168.63.129.16/32'), // Azure's host services, on a public address
  v4('192.52.193.0/24'), // AMT
  v4('192.31.196.0/24'), // AS112
  v4('192.175.48.0/24'), // AS112
]

/** IPv6-only networks reach the IPv4 internet through it: as public as the address inside. */
const nat64 = v6('64:ff9b::/96')

/** All public IPv6 addresses are here; loopback, mapped, compatible, local ones are not. */
const globalUnicast = v6('2000::/3')

const specialIPv6 = [
  v6('2001::/23'), // IETF protocol assignments: Teredo, benchmarking, ORCHID
  v6('2001:db8::/32'), // documentation
  v6('2002::/16'), // 6to4, no longer in public use
  v6('2620:4f:8000::/48'), // AS112
  v6('3ffe::/16'), // 6bone, returned
  v6('3fff::/20'), // documentation
]
