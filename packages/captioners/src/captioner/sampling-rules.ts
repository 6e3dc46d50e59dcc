import { defaultSampling, type Sampling } from '@descry/contract'
import { CaptionerFailure } from './captioner-failure.ts'
import { nameOf, type Target } from './target.ts'

type Setting = keyof Sampling

/** What a model honours of `Sampling`. */
export type SamplingRules = {
  takes: readonly Setting[]
  /** What it is asked with where nobody says anything else; absent: all that it takes. */
  defaults?: readonly Setting[]
  highestTemperature?: number
  /** With both, it refuses the request. */
  eitherTemperatureOrTopP?: boolean
}

/** Settings on top of the defaults. Refuses what the model does not honour. */
export function ownSampling(rules: SamplingRules, settings: Sampling, target: Target): Sampling {
  const { takes, defaults = takes } = rules
  const own = { ...pick(defaultSampling, defaults), ...settings }
  const instead = rules.eitherTemperatureOrTopP && settings.topP !== undefined
  const sampling = instead ? { ...own, temperature: settings.temperature } : own
  return checked(rules, sampling, target)
}

/** What a request asks for, on top of the captioner's own: its topP comes instead of our temperature. */
export function samplingFor(
  rules: SamplingRules,
  { own, requested }: { own: Sampling; requested: Sampling },
  target: Target,
): Sampling {
  const all = { ...own, ...requested }
  const instead =
    rules.eitherTemperatureOrTopP &&
    own.topP === undefined &&
    requested.topP !== undefined &&
    all.temperature === own.temperature
  return checked(rules, instead ? { ...all, temperature: undefined } : all, target)
}

function checked(rules: SamplingRules, sampling: Sampling, target: Target): Sampling {
  const { takes, highestTemperature = 2, eitherTemperatureOrTopP } = rules
  const set = Object.fromEntries(
    Object.entries(sampling).filter(([, value]) => value !== undefined),
  ) as Sampling
  const { temperature = 0, topP } = set
  const other = (Object.keys(set) as Setting[]).filter((setting) => !takes.includes(setting))
  if (other.length > 0) throw refusal(target, `does not take ${other.join(', ')}`)
  if (temperature > highestTemperature) {
    throw refusal(target, `takes a temperature of at most ${highestTemperature}`)
  }
  if (eitherTemperatureOrTopP && set.temperature !== undefined && topP !== undefined) {
    throw refusal(target, 'takes either temperature or topP, not both')
  }
  return set
}

const refusal = (target: Target, why: string) =>
  new CaptionerFailure(
    'bad-request',
    `${nameOf(target)} ${why}. Change the sampling, or choose another captioner.`,
  )

const pick = (sampling: Required<Sampling>, settings: readonly Setting[]): Sampling =>
  Object.fromEntries(settings.map((setting) => [setting, sampling[setting]]))
