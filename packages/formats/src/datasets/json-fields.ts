import type { DatasetFinding } from './dataset-finding.ts'
import { findSplit, type SplitName } from './split-name.ts'

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text, or a list of nothing but texts, as a list. */
export function toTexts(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined
}

/** Ids are numbers in some files and texts in others. */
export const toId = (value: unknown): string | undefined =>
  typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : undefined

/** No word, or null: undefined. A word that we do not know: unused, with a warning. */
export function readSplit(
  word: unknown,
  { file, warnings }: { file: string; warnings: DatasetFinding[] },
): SplitName | undefined {
  if (word === undefined || word === null) return undefined
  const split = typeof word === 'string' ? findSplit(word) : undefined
  if (split) return split
  const detail = `The split is called ${JSON.stringify(word).slice(0, 80)}; known are train, dev, val, test.`
  warnings.push({ what: file, reason: 'split-unknown', detail })
  return 'unused'
}
