import type { Outcome, Sampling } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'

/**
 * Settings with which the same captioner may answer better; nothing where there is nothing to turn. Only
 * what it is asked with already is turned: it may take nothing else.
 */
export function askOtherwise(
  { sampling: own }: Pick<Captioner, 'sampling'>,
  sampling: Sampling,
  outcome: Outcome,
): Sampling | undefined {
  if (!own) return undefined // without any settings it says the same again
  return outcome === 'truncated' ? withMoreTokens(sampling) : withMoreChance(own, sampling)
}

function withMoreTokens({ maxTokens, ...others }: Sampling): Sampling | undefined {
  if (maxTokens === undefined || maxTokens >= MOST_TOKENS) return undefined
  return { ...others, maxTokens: Math.min(2 * maxTokens, MOST_TOKENS) }
}

/** As `Sampling` allows. */
const MOST_TOKENS = 8192

/** Where the temperature cannot be turned, chance alone has to give another answer. */
function withMoreChance(own: Sampling, sampling: Sampling): Sampling {
  const { temperature, topP } = sampling
  const replaced = topP !== undefined && own.topP === undefined // some take only one of the two
  if (temperature === undefined || replaced) return sampling
  return { ...sampling, temperature: Math.max(1, temperature) } // Claude takes no more than 1
}
