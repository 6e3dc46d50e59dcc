import { FormatError } from '../format-error.ts'
import {
  type CaptionColumns,
  captionColumns,
  findColumns,
  findDelimiter,
  imageColumns,
  readHeader,
  type TableOptions,
} from './caption-columns.ts'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { readCsv } from './read-csv.ts'

/** A row of a table of captions; `split` is the text of a column of that name, if there is one. */
export type CaptionRow = { file: string; caption: string; split: string | undefined }

export type CaptionFile = {
  folder: Pick<DatasetFolder, 'resolve' | 'readHead'>
  name: string
  table: TableOptions
}

/**
 * Reads a table with a header that names a column of images and one of captions. Rows without them go
 * to `leftOut`.
 */
export async function* readCaptionTable(
  { folder, name, table }: CaptionFile,
  leftOut: DatasetFinding[],
): AsyncGenerator<CaptionRow> {
  const path = folder.resolve(name)
  const delimiter = findDelimiter(await folder.readHead(name), table) ?? ','
  let columns: CaptionColumns | undefined
  let width = 0
  for await (const { cells, line } of readCsv(path, delimiter)) {
    if (!columns) {
      columns = findColumns(cells, table)
      if (!columns) throw withoutColumns(path, cells, table)
      width = cells.length
      continue
    }
    const row = readRow(cells, columns, width)
    if (typeof row !== 'string') yield row
    else leftOut.push({ what: `${name}, line ${line}`, reason: 'entry-unreadable', detail: row })
  }
  if (!columns) throw new FormatError('wrong-shape', path, `${path} is empty. ${expected(table)}`)
}

/** Or what is wrong with it, in a sentence. */
function readRow(
  cells: readonly string[],
  columns: CaptionColumns,
  width: number,
): CaptionRow | string {
  const file = cells[columns.image]?.trim()
  const caption = cells[columns.caption]
  if (!file) return 'The row names no image.'
  if (caption === undefined) return 'The row has no caption cell.'
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    return `The row has ${cells.length} cells, and the header ${width}: put texts that hold the delimiter in quotes.`
  }
  return { file, caption, split: columns.split === -1 ? undefined : cells[columns.split] }
}

function withoutColumns(path: string, header: readonly string[], table: TableOptions): FormatError {
  const names = header.slice(0, 20).map((name) => name.trim())
  const found =
    names.length === 1 ? `the single column ${names[0]}` : `the columns ${names.join(', ')}`
  const message = `${path} has ${found}. ${expected(table)}`
  return new FormatError('wrong-shape', path, message)
}

function expected({ imageColumn, captionColumn, delimiter }: TableOptions): string {
  const image = imageColumn ?? imageColumns.join(', ')
  const caption = captionColumn ?? captionColumns.join(', ')
  const between = delimiter === undefined ? '' : `, separated by ${JSON.stringify(delimiter)}`
  return (
    `Expected a header with a column for the image (${image}) and one for the caption (${caption})${between}. ` +
    'Name them with --image-column and --caption-column.'
  )
}

export const hasCaptionHeader = (head: string, table: TableOptions): boolean => {
  const delimiter = findDelimiter(head, table)
  return delimiter !== undefined && findColumns(readHeader(head, delimiter), table) !== undefined
}
