import { FormatError } from '../format-error.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { type DatasetFormat, datasetFormats } from './dataset-formats.ts'
import type { DatasetReader, FoundFormat } from './dataset-reader.ts'

type Format = DatasetReader & { name: DatasetFormat }

export type RecognisedFormat = { format: Format; found: FoundFormat }

/** The first format of the list whose files are there; or the one that was named. */
export async function recogniseFormat(
  folder: DatasetFolder,
  named: DatasetFormat | undefined,
): Promise<RecognisedFormat> {
  await refusePrepared(folder)
  const candidates: readonly Format[] = datasetFormats.filter(
    ({ name }) => named === undefined || name === named,
  )
  for (const format of candidates) {
    const found = await format.find(folder)
    if (found) return { format, found }
  }
  throw new FormatError('not-found', folder.path, describeMissing(folder, candidates))
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
