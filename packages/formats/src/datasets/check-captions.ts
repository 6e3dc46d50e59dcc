import { isPrintedList } from '../is-printed-list.ts'
import { isUnspaced } from '../unspaced-text.ts'
import type { DatasetFinding } from './dataset-finding.ts'

/** What is worth knowing of captions that can be used, but would be learned as something else than meant. */
export function checkCaptions(
  images: readonly { file: string; captions: readonly string[] }[],
): DatasetFinding[] {
  const all = images.flatMap(({ file, captions }) => captions.map((caption) => ({ file, caption })))
  const lists = all.filter(({ caption }) => isPrintedList(caption))
  const unspaced = all.filter(({ caption }) => isUnspaced(caption))
  return [
    ...lists.map(
      ({ file, caption }): DatasetFinding => ({
        what: file,
        reason: 'caption-is-a-list',
        detail: `It looks like a list that was printed as one text, and is used as one caption: ${quote(caption)}`,
      }),
    ),
    ...unspaced.slice(0, 1).map(
      ({ file, caption }): DatasetFinding => ({
        what: file,
        reason: 'captions-without-spaces',
        detail:
          `${unspaced.length} of ${all.length} captions have no spaces between their words, so that each counts as one word: ` +
          `${quote(caption)}. Give --segment to put spaces there.`,
      }),
    ),
  ]
}

const quote = (caption: string): string =>
  JSON.stringify(caption.length > 60 ? `${caption.slice(0, 60).toWellFormed()}…` : caption)
