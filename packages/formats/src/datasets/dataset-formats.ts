import { coco } from './coco.ts'
import { csv } from './csv.ts'
import type { DatasetReader } from './dataset-reader.ts'
import { descryJson } from './descry-json.ts'
import { flickr8k } from './flickr8k.ts'
import { imagefolder } from './imagefolder.ts'
import { karpathy } from './karpathy.ts'

/** All formats, in the order in which a folder is tried: the first whose files are there is taken. */
export const datasetFormats = [
  flickr8k,
  karpathy,
  descryJson,
  coco,
  imagefolder,
  csv,
] as const satisfies readonly DatasetReader[]

export type DatasetFormat = (typeof datasetFormats)[number]['name']
