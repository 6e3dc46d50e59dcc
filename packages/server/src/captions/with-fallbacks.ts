import type { Captioner } from '@descry/captioners'

/** A captioner and, after it, all that are asked in its place. */
export const withFallbacks = (captioner: Captioner): Captioner[] => [
  captioner,
  ...(captioner.fallbacks ?? []).flatMap(withFallbacks),
]
