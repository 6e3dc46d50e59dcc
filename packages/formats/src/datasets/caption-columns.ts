import { createCsvParser } from './read-csv.ts'

/** Which columns of a table are read, and what is between them, where the table itself does not say. */
export type TableOptions = {
  imageColumn?: string | undefined
  captionColumn?: string | undefined
  /** One character. */
  delimiter?: string | undefined
}

export type CaptionColumns = { image: number; caption: number; split: number }

/** Of two columns that might be meant, the one whose name comes first here is taken. */
export const imageColumns = [
  ...['image', 'file', 'file_name', 'image_file', 'image_name', 'image_path', 'file_path', 'path'],
  'img',
]
export const captionColumns = ['caption', 'text', 'comment', 'description', 'sentence', 'title']

/** Where image, caption and split are by the names in the header; nothing where one of the two is missing. */
export function findColumns(
  header: readonly string[],
  { imageColumn, captionColumn }: TableOptions = {},
): CaptionColumns | undefined {
  const names = header.map(toKey)
  const find = (wanted: readonly string[]) =>
    wanted.map((name) => names.indexOf(toKey(name))).find((at) => at >= 0) ?? -1
  const image = find(imageColumn === undefined ? imageColumns : [imageColumn])
  const caption = find(captionColumn === undefined ? captionColumns : [captionColumn])
  return image >= 0 && caption >= 0 ? { image, caption, split: find(['split']) } : undefined
}

/** `Image Name`, `image_name` and `imageName` are the same. */
const toKey = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

/** What separates the columns of a table, by its first line: the first with which both are found. */
export function findDelimiter(head: string, options: TableOptions): string | undefined {
  if (options.delimiter !== undefined) return options.delimiter
  return delimiters.find((delimiter) => findColumns(readHeader(head, delimiter), options))
}

const delimiters = [',', '\t', ';', '|'] as const

export function readHeader(head: string, delimiter: string): string[] {
  const [row] = createCsvParser(delimiter).read(`${head}\n`)
  return row?.cells ?? []
}
