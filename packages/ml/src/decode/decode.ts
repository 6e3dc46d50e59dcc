import { beamSearch } from './beam.ts'
import { checkOptions, checkVocabulary } from './check-options.ts'
import { DecodeError } from './decode-error.ts'
import type { DecodeOptions } from './decode-options.ts'
import { greedySearch } from './greedy.ts'
import { type Hypothesis, rankHypotheses } from './hypothesis.ts'
import { readLogProbs } from './read-log-probs.ts'
import { sampleSearch } from './sample.ts'
import { type Progress, type Search, seedling, stopBranch } from './search.ts'
import type { Step } from './step.ts'

/**
 * Captions of many images at once: for each image its hypotheses, best first.
 *
 * All that is open, of all images, is one batch of rows for the model; what has ended leaves it. A
 * number depends on one row only, so an image gets in a batch exactly what it gets alone.
 */
export async function decode(step: Step, options: DecodeOptions): Promise<Hypothesis[][]> {
  checkOptions(options)
  const search = createSearch(options)
  const first: Progress = {
    open: Array.from({ length: search.branches }, () => seedling),
    done: [],
  }
  let progress = Array.from({ length: options.images }, () => first)
  let offsets = progress.map((_, image) => image) // the first row of each image in the last call
  let V: number | undefined // the same in all calls

  for (let time = 0; time < options.maxLength; time++) {
    const rows = progress.flatMap(({ open }, image) => open.map((branch) => ({ image, branch })))
    if (rows.length === 0) break
    const tokens = Int32Array.from(rows, ({ branch }) => branch.tokens.at(-1) ?? options.start)
    const parents = Int32Array.from(rows, ({ image, branch }) => offsets[image] + branch.parent)
    const logits = await step(tokens, parents) // [rows, V]

    V ??= checkVocabulary(options, logits.length / rows.length)
    checkShape(logits, { rows: rows.length, V, time })
    ;({ progress, offsets } = advanceAll(progress, { search, options, logits, V, time }))
  }
  return progress.map((reached) => finish(reached, search))
}

function createSearch({ method, images, end, maxLength }: DecodeOptions): Search {
  if (method.kind === 'greedy') return greedySearch(end)
  if (method.kind === 'beam') return beamSearch(method, { end, maxLength })
  return sampleSearch(method, { end, images })
}

type Answer = {
  search: Search
  options: DecodeOptions
  logits: Float32Array
  V: number
  time: number
}

/** Each image takes its rows of the logits [rows, V], and goes on. */
function advanceAll(progress: Progress[], { search, options, logits, V, time }: Answer) {
  const rules = { ...options.method, end: options.end }
  const buffers: Float64Array[] = [] // as many as an image has open branches; each image writes over them
  const offsets: number[] = []
  let row = 0

  const after = progress.map((reached, image) => {
    offsets.push(row)
    if (reached.open.length === 0) return reached
    for (const [i, { tokens: said }] of reached.open.entries()) {
      buffers[i] ??= new Float64Array(V)
      readLogProbs(logits, { row: row++, said, image, time }, { into: buffers[i], rules })
    }
    return search.advance(reached, buffers, image)
  })
  return { progress: after, offsets }
}

function checkShape(
  logits: Float32Array,
  { rows, V, time }: { rows: number; V: number; time: number },
): void {
  if (logits.length === rows * V) return
  throw new DecodeError(
    `At step ${time + 1} the model answered ${logits.length} logits for ${rows} rows of ${V}.`,
  )
}

function finish({ open, done }: Progress, { count, lengthPenalty }: Search): Hypothesis[] {
  const stopped = open.map((branch) => stopBranch(branch, lengthPenalty))
  return rankHypotheses([...done, ...stopped]).slice(0, count)
}
