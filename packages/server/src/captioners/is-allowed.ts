import type { Captioner } from '@descry/captioners'
import type { Privacy } from '@descry/contract'

/** May pictures be sent where this captioner sends them? */
export function isAllowed(
  { name, sendsPixelsTo }: Pick<Captioner, 'name' | 'sendsPixelsTo'>,
  { pixels, captioners }: Privacy,
): boolean {
  if (sendsPixelsTo === null || pixels === 'anywhere') return true
  return pixels === 'these-captioners' && captioners.includes(name.replace(/#.*$/, ''))
}
