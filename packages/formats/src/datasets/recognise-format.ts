import { FormatError } from '../format-error.ts'
import { type DatasetFormat, datasetFormats } from './captioned-dataset.ts'
import { coco } from './coco.ts'
import { csv } from './csv.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import type { DatasetReader, FoundFormat } from './dataset-reader.ts'
import { descryJson } from './descry-json.ts'
import { flickr8k } from './flickr8k.ts'
import { imagefolder } from './imagefolder.ts'
import { karpathy } from './karpathy.ts'

export const datasetReaders: Record<DatasetFormat, DatasetReader> = {
  flickr8k,
  karpathy,
  'descry-json': descryJson,
  coco,
  imagefolder,
  csv,
}

export type RecognisedFormat = FoundFormat & { format: DatasetFormat }

/** The first format, in the order of the table, whose files are there; or the one that was named. */
export async function recogniseFormat(
  folder: DatasetFolder,
  named: DatasetFormat | undefined,
): Promise<RecognisedFormat> {
  await refusePrepared(folder)
  const candidates = named === undefined ? datasetFormats : [named]
  for (const format of candidates) {
    const found = await datasetReaders[format].find(folder)
    if (found) return { format, ...found }
  }
  throw new FormatError('not-found', folder.path, describeMissing(folder, candidates))
}

function describeMissing({ path }: DatasetFolder, formats: readonly DatasetFormat[]): string {
  const looked = formats.map((format) => `  ${format}: ${datasetReaders[format].expects}`)
  return `${path} holds no captioned dataset that Descry knows. Looked for\n${looked.join('\n')}`
}

async function refusePrepared(folder: DatasetFolder): Promise<void> {
  if (!folder.files.has('dataset.json')) return
  if (!(await folder.readHead('dataset.json')).includes('"descry-dataset"')) return
  const message = `${folder.path} is a prepared dataset already; name the folder it was made from.`
  throw new FormatError('wrong-shape', folder.path, message)
}
