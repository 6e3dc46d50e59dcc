import type { Privacy } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'

/** May pictures be sent where this captioner sends them? A fallback may what its parent may. */
export function isAllowed(
  { name, parent, sendsPixelsTo }: Pick<Captioner, 'name' | 'parent' | 'sendsPixelsTo'>,
  { pixels, captioners }: Privacy,
): boolean {
  if (sendsPixelsTo === null || pixels === 'anywhere') return true
  return pixels === 'these-captioners' && captioners.includes(parent ?? name)
}
