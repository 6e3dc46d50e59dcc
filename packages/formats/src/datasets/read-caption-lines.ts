import type { DatasetFinding } from './dataset-finding.ts'
import { isObject, toTexts } from './json-fields.ts'
import type { CaptionFile, CaptionRow } from './read-caption-table.ts'
import { readLines } from './read-text.ts'

/**
 * Reads JSON lines with `file_name` and `text` (or `caption`, `captions`), a text or several, or with
 * the names that the options give for these.
 */
export async function* readCaptionLines(
  { folder, name, table: { imageColumn = 'file_name', captionColumn } }: CaptionFile,
  leftOut: DatasetFinding[],
): AsyncGenerator<CaptionRow> {
  let number = 0
  for await (const line of readLines(folder.resolve(name))) {
    number++
    if (line.trim() === '') continue
    const row = parse(line)
    const file = row?.[imageColumn]
    const captions = toTexts(
      captionColumn === undefined
        ? (row?.text ?? row?.caption ?? row?.captions)
        : row?.[captionColumn],
    )
    if (typeof file !== 'string' || !captions) {
      const detail = `Expected {"${imageColumn}": text, "${captionColumn ?? 'text'}": text}.`
      leftOut.push({ what: `${name}, line ${number}`, reason: 'entry-unreadable', detail })
      continue
    }
    const split = typeof row?.split === 'string' ? row.split : undefined
    for (const caption of captions) yield { file, caption, split }
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
