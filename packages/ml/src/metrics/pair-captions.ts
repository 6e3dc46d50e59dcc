import type { CaptionPair } from './metric.ts'
import { MetricError } from './metric-error.ts'

export type PairedCaptions = {
  /** In the order of the references. */
  ids: string[]
  pairs: CaptionPair[]
  /** What was left out, in words. */
  warnings: string[]
}

/**
 * Puts hypotheses and references of the same image together: of exactly the same name, or else of one
 * whose accents are written in the other form of Unicode. Images that only one side has are left out
 * and named in a warning: CIDEr and the corpus scores are those of what was scored.
 */
export function pairCaptions(
  hypotheses: ReadonlyMap<string, string>,
  references: ReadonlyMap<string, readonly string[]>,
): PairedCaptions {
  const names = matchNames([...hypotheses.keys()], references)
  const both = [...references].filter(([id]) => names.has(id))
  if (both.length === 0) throw nothingInCommon(hypotheses, references)
  const used = new Set(names.values())
  const missing = [...references.keys()].filter((id) => !names.has(id))
  const extra = [...hypotheses.keys()].filter((id) => !used.has(id))
  return {
    ids: both.map(([id]) => id),
    pairs: both.map(([id, texts]) => ({
      hypothesis: hypotheses.get(names.get(id)!)!,
      references: texts,
    })),
    warnings: [
      ...warnOf(missing, 'with references but no hypothesis: left out of every score'),
      ...warnOf(extra, 'with a hypothesis but no references: left out'),
    ],
  }
}

/** From the names of references to those of hypotheses. */
function matchNames(
  hypotheses: readonly string[],
  references: ReadonlyMap<string, unknown>,
): Map<string, string> {
  const exact = new Set(hypotheses.filter((id) => references.has(id)))
  const byForm = new Map(
    hypotheses.filter((id) => !exact.has(id)).map((id) => [id.normalize('NFC'), id]),
  )
  const names = new Map<string, string>()
  for (const id of references.keys()) {
    const form = id.normalize('NFC')
    const name = exact.has(id) ? id : byForm.get(form)
    if (name === undefined) continue
    names.set(id, name)
    if (name !== id) byForm.delete(form) // a hypothesis is of one image
  }
  return names
}

/** `3 images with …: 17, 18, 19.`, five by name at most; nothing for none. */
export function warnOf(ids: readonly string[], what: string): string[] {
  if (ids.length === 0) return []
  const named = ids.slice(0, 5).join(', ') + (ids.length > 5 ? ', …' : '')
  return [`${ids.length} ${ids.length === 1 ? 'image' : 'images'} ${what} (${named}).`]
}

function nothingInCommon(
  hypotheses: ReadonlyMap<string, unknown>,
  references: ReadonlyMap<string, unknown>,
): MetricError {
  const example = (ids: ReadonlyMap<string, unknown>) =>
    ids.size === 0
      ? 'none'
      : `${[...ids.keys()].slice(0, 3).join(', ')}${ids.size > 3 ? ', …' : ''}`
  return new MetricError(
    `No image has both references and a hypothesis. References are of: ${example(references)}; ` +
      `hypotheses of: ${example(hypotheses)}.`,
  )
}
