import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { listImages } from '@descry/formats'
import { hashBytes } from '../../hash-bytes.ts'
import { DataError } from './data-error.ts'
import type { DatasetFinding } from './dataset-card.ts'
import { mapAhead } from './map-ahead.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import { readImageFile } from './read-image-file.ts'
import type { SourceImage } from './source-image.ts'
import {
  openUnlabeledFolder,
  type UnlabeledImages,
  writeUnlabeledFolder,
} from './unlabeled-folder.ts'
import { pathExists } from './write-folder-atomically.ts'
import { defaultLimits, toReadFailure } from './write-pixels.ts'

type UnlabeledOptions = {
  signal?: AbortSignal | undefined
  /** `done` of `total` files were decoded, where that was not done before. */
  onImage?: ((progress: { done: number; total: number }) => void) | undefined
}

/**
 * Prepares the pictures of a folder and those below, or opens what was prepared of the same files before.
 * The squares are kept in the dataset's folder. Pictures of the dataset's test split are refused.
 */
export async function openUnlabeledImages(
  from: string,
  data: PreparedDataset,
  { signal, onImage }: UnlabeledOptions = {},
): Promise<UnlabeledImages> {
  const { images, unreadable } = await listPictures(from)
  const id = await identify(images, data, signal)
  const folder = join(data.folder, 'also', id)
  if (!(await pathExists(folder))) {
    let done = 0
    await writeUnlabeledFolder(folder, data, {
      from,
      images,
      unreadable,
      signal,
      onImage: () => onImage?.({ done: ++done, total: images.length }),
    })
  }
  return { id, from, ...(await openUnlabeledFolder(folder)) }
}

async function listPictures(
  from: string,
): Promise<{ images: SourceImage[]; unreadable: DatasetFinding[] }> {
  const isFolder = (await stat(from).catch(() => undefined))?.isDirectory() ?? false
  if (!isFolder) throw new DataError(`--unlabeled takes a folder of images, and ${from} is none.`)
  const { images, errors } = await listImages([from])
  if (images.length === 0) {
    const why = errors[0]?.message ?? `There is no image in ${from}.`
    throw new DataError(`${why} --unlabeled takes a folder of images.`)
  }
  return {
    images: images.map((path) => {
      const file = relative(from, path)
      return { id: file, file, path, split: 'unused', captions: [] }
    }),
    unreadable: errors.map(({ message }) => ({
      what: from,
      reason: 'folder-unreadable',
      detail: message,
    })),
  }
}

/** By the bytes of all files, so that a picture that was replaced is noticed whatever its name and date. */
async function identify(
  images: readonly SourceImage[],
  { card }: PreparedDataset,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hashes: string[] = []
  const ahead = 2 * availableParallelism()
  const hashed = mapAhead(images, { ahead }, ({ path }) =>
    readImageFile(path, defaultLimits).then(hashBytes, (error) => toReadFailure(error).detail),
  )
  for await (const hash of hashed) {
    signal?.throwIfAborted()
    hashes.push(hash)
  }
  const files = images.map(({ file }, i) => [file, hashes[i]])
  const text = JSON.stringify([card.sha256, card.imageSize, files])
  return hashBytes(Buffer.from(text)).slice(0, 32)
}

/** How many files of a folder are left out, and why, in a sentence. */
export function describeOmitted({ from, count, leftOut }: UnlabeledImages): string {
  const reasons = Object.entries(leftOut.byReason).map(([reason, number]) => {
    const named = leftOut.items.filter((item) => item.reason === reason).slice(0, NAMED)
    const more = number > named.length ? ', …' : ''
    return `${number} × ${reason} (${named.map(({ what }) => what).join(', ')}${more})`
  })
  return `${from}: ${count} pictures; left out ${reasons.join(', ')}.`
}

const NAMED = 5
