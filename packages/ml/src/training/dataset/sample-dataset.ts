import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flatPicture, toSharp } from '../../image/sample-pictures.ts'
import type { DatasetSplit } from './dataset-card.ts'
import type { PrepareOptions } from './prepare-dataset.ts'
import type { SourceImage } from './source-image.ts'

/** For tests: a folder of one-coloured pictures and the options to prepare them as `out` inside. */
export async function sampleDataset(
  pictures: Record<string, readonly [red: number, split: DatasetSplit]>,
) {
  const path = await mkdtemp(join(tmpdir(), 'descry-prepare-'))
  const images: SourceImage[] = []
  for (const [file, [red, split]] of Object.entries(pictures)) {
    const picture = toSharp(flatPicture([red, 20, 30], 40, 24))
    await writeFile(join(path, file), await picture.png().toBuffer())
    images.push({ id: file, file, path: join(path, file), split, captions: [`red ${red}`] })
  }
  const options: PrepareOptions = {
    images,
    leftOut: [],
    warnings: [],
    name: 'sample',
    source: { format: 'csv', splits: 'given' },
    imageSize: 16,
    to: join(path, 'out'),
    replace: false,
    createdBy: 'descry test',
  }
  return {
    path,
    options,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
