import { hashBytes } from '../../hash-bytes.ts'
import { DataError } from './data-error.ts'
import type { DatasetFinding } from './dataset-card.ts'
import { bytesPerPicture } from './open-pixels.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import type { HashedImage } from './write-pixels.ts'

type Known = { file: string; split: string }

/**
 * Compares pictures with those of a dataset, by the bytes of their files and by those of their squares.
 * Those of its train and dev splits bring nothing new, or would make its validation dishonest: they are
 * left out, as are pictures that come twice. Those of its test split are collected, to be refused.
 */
export function createDuplicateFinder(data: PreparedDataset) {
  const known = hashDataset(data)
  const ofTest: string[] = []
  return {
    find(image: HashedImage, pixels: Uint8Array): DatasetFinding | undefined {
      const hash = hashBytes(pixels)
      const same = known.get(hash) ?? known.get(image.sha256)
      if (same?.split === 'test') ofTest.push(`${image.file} (${same.file})`)
      known.set(hash, same ?? { file: image.file, split: 'unlabeled' })
      if (!same) return undefined
      const where = same.split === 'unlabeled' ? 'of the same folder' : `in ${same.split}`
      const detail = `The same picture as ${same.file} ${where}.`
      return { what: image.file, reason: 'known-picture', detail }
    },

    refuseTestPictures(from: string): void {
      if (ofTest.length === 0) return
      const named = ofTest.slice(0, NAMED).join(', ')
      const more = ofTest.length > NAMED ? ` and ${ofTest.length - NAMED} more` : ''
      throw new DataError(
        `${from} holds ${ofTest.length} of the pictures that ${data.folder} is tested on: ${named}${more}. ` +
          'A model that learned from them could not be tested: take them out of the folder.',
      )
    },
  }
}

const NAMED = 5

function hashDataset({ images, imageSize, readPixels }: PreparedDataset): Map<string, Known> {
  const known = new Map<string, Known>()
  const pixels = new Uint8Array(bytesPerPicture({ imageSize }))
  const add = (hash: string, image: Known) => {
    if (known.get(hash)?.split !== 'test') known.set(hash, image)
  }
  for (const { index, file, split, sha256 } of images) {
    if (split === 'unused') continue
    readPixels(index, pixels)
    add(hashBytes(pixels), { file, split })
    if (sha256) add(sha256, { file, split })
  }
  return known
}
