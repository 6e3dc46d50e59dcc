import type { FindFault } from './fault.ts'

/** Everything in capitals: a sign that was read out, or a model that is out of hand. */
export const findShouting: FindFault = ({ outside }) => {
  const letters = outside.match(/\p{L}/gu) ?? []
  const isShouted = letters.length >= 20 && letters.every((letter) => /\p{Lu}/u.test(letter))
  return isShouted ? 'The reply is in capitals from beginning to end.' : undefined
}
