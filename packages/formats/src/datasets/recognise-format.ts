import { FormatError } from '../format-error.ts'
import type { TableOptions } from './caption-columns.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { type DatasetFormat, datasetFormats } from './dataset-formats.ts'
import type { DatasetReader, FoundFormat } from './dataset-reader.ts'

type Format = DatasetReader & { name: DatasetFormat }

export type RecognisedFormat = { format: Format; found: FoundFormat }

/**
 * The first format of the list whose files are there; or the one that was named. Options about columns
 * are for formats that have some.
 */
export async function recogniseFormat(
  folder: DatasetFolder,
  { format: named, table }: { format: DatasetFormat | undefined; table: TableOptions },
): Promise<RecognisedFormat> {
  await refusePrepared(folder)
  const candidates: readonly Format[] = datasetFormats.filter(
    ({ name }) => named === undefined || name === named,
  )
  const asksForColumns = Object.values(table).some((value) => value !== undefined)
  for (const format of candidates) {
    const found = await format.find(folder, table)
    if (found && (!asksForColumns || found.hasColumns)) return { format, found }
  }
  const missing = describeMissing(folder, candidates)
  const about = asksForColumns ? `Options about columns are for tables. ${missing}` : missing
  throw new FormatError('not-found', folder.path, about)
}

function describeMissing({ path }: DatasetFolder, formats: readonly Format[]): string {
  const looked = formats.map(({ name, expects }) => `  ${name}: ${expects}`)
  return `${path} holds no captioned dataset that Descry knows. Looked for\n${looked.join('\n')}`
}

async function refusePrepared(folder: DatasetFolder): Promise<void> {
  if (!folder.files.has('dataset.json')) return
  if (!(await folder.readHead('dataset.json')).includes('"descry-dataset"')) return
  const message = `${folder.path} is a prepared dataset already; name the folder it was made from.`
  throw new FormatError('wrong-shape', folder.path, message)
}
