/** A confidence in plain words, and from which number on it is said. */
export const confidenceLevels = [
  { level: 'sure', least: 0.6 },
  { level: 'fairly sure', least: 0.35 },
  { level: 'unsure', least: 0 },
] as const

export type ConfidenceLevel = (typeof confidenceLevels)[number]['level']

/**
 * With the built-in model on photos like those it learned from, three of four captions that are "sure"
 * do as well as people's usually do, not quite every second "fairly sure" one, and one of five "unsure"
 * ones.
 */
export function describeConfidence(confidence: number): ConfidenceLevel {
  return confidenceLevels.find(({ least }) => confidence >= least)?.level ?? 'unsure'
}
