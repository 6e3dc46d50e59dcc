import { FormatError } from '../format-error.ts'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { readCsv } from './read-csv.ts'

/** A row of a table of captions; `split` is the text of a column of that name, if there is one. */
export type CaptionRow = { file: string; caption: string; split: string | undefined }

export type CaptionFile = { folder: Pick<DatasetFolder, 'resolve'>; name: string }

/**
 * Reads a CSV file with a header that names a column of images and one of captions. Rows without
 * them go to `leftOut`.
 */
export async function* readCaptionTable(
  { folder, name }: CaptionFile,
  leftOut: DatasetFinding[],
): AsyncGenerator<CaptionRow> {
  const path = folder.resolve(name)
  let columns: Columns | undefined
  for await (const { cells, line } of readCsv(path)) {
    if (!columns) {
      columns = findColumns(cells, path)
      continue
    }
    const file = cells[columns.image]
    const caption = cells[columns.caption]
    if (file && caption !== undefined) {
      yield { file, caption, split: columns.split === -1 ? undefined : cells[columns.split] }
    } else {
      const detail = file ? 'The row has no caption cell.' : 'The row names no image.'
      leftOut.push({ what: `${name}, line ${line}`, reason: 'entry-unreadable', detail })
    }
  }
  if (!columns) throw new FormatError('wrong-shape', path, `${path} is empty. ${EXPECTED}`)
}

type Columns = { image: number; caption: number; split: number }

function findColumns(header: readonly string[], path: string): Columns {
  const names = header.map((name) => name.trim().toLowerCase())
  const find = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name))
  const columns = { image: find(IMAGE), caption: find(CAPTION), split: find(['split']) }
  if (columns.image >= 0 && columns.caption >= 0) return columns
  const found = names.slice(0, 20).join(', ')
  throw new FormatError('wrong-shape', path, `${path} has the columns ${found}. ${EXPECTED}`)
}

const IMAGE = ['image', 'file', 'file_name', 'filename', 'image_file']
const CAPTION = ['caption', 'text']
const EXPECTED = `Expected a header with a column for the image (${IMAGE.join(', ')}) and one for the caption (${CAPTION.join(', ')}).`
