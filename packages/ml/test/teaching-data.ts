import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toSharp } from '../src/image/sample-pictures.ts'
import { createRandom } from '../src/random.ts'
import type { DatasetSplit } from '../src/training/dataset/dataset-card.ts'
import { prepareDataset } from '../src/training/dataset/prepare-dataset.ts'
import { openPreparedDataset } from '../src/training/dataset/prepared-dataset.ts'

/** For tests: a prepared dataset of pictures whose four quarters have colours of their own, in a folder of its own. */
export async function teachingData(splits: readonly DatasetSplit[]) {
  const root = await mkdtemp(join(tmpdir(), 'descry-teaching-'))
  const images = splits.map((split, i) => {
    const file = `${i}.png`
    const captions = [i % 2 === 0 ? 'a red dog' : 'the blue cat']
    return { id: file, file, path: join(root, file), split, captions }
  })
  for (const [i, { path }] of images.entries()) await writeFile(path, await quarters(i))
  const to = join(root, 'data')
  await prepareDataset({
    ...{ images, leftOut: [], warnings: [], name: 'quarters', imageSize: 16, to, replace: false },
    ...{ source: { format: 'csv', splits: 'given' }, createdBy: 'a test' },
  })
  const data = await openPreparedDataset(to)
  return {
    root,
    data,
    /** A folder of files by their names: pictures by their numbers, or bytes. */
    async folder(name: string, files: Record<string, number | Uint8Array>): Promise<string> {
      const path = join(root, name)
      await mkdir(path, { recursive: true })
      for (const [file, content] of Object.entries(files)) {
        const bytes = typeof content === 'number' ? await quarters(content) : content
        await writeFile(join(path, file), bytes)
      }
      return path
    },
    async [Symbol.asyncDispose]() {
      data.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A PNG of 16 × 16 pixels; another number gives other colours. */
export async function quarters(number: number): Promise<Uint8Array> {
  const random = createRandom(number, 77)
  const colors = Array.from({ length: 12 }, () => Math.floor(random() * 256))
  const pixels = new Uint8Array(16 * 16 * 3)
  for (let at = 0; at < 256; at++) {
    const quarter = (at >= 128 ? 2 : 0) + (at % 16 >= 8 ? 1 : 0)
    pixels.set(colors.slice(quarter * 3, quarter * 3 + 3), at * 3)
  }
  return toSharp({ pixels, width: 16, height: 16 }).png().toBuffer()
}
