import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DataError } from './data-error.ts'
import { type DatasetFinding, DatasetFindings, toFindings } from './dataset-card.ts'
import { createDuplicateFinder } from './find-duplicates.ts'
import { bytesPerPicture, openPixels } from './open-pixels.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import type { SourceImage } from './source-image.ts'
import { pathExists, writeFolderAtomically } from './write-folder-atomically.ts'
import { writePixels } from './write-pixels.ts'

/** Pictures without captions beside a prepared dataset, squared as its own. */
export type UnlabeledImages = {
  /** Names their content, and the dataset's: other pictures have another id. */
  id: string
  /** The folder that holds the files. */
  from: string
  /** The folder that holds the squares. */
  folder: string
  imageSize: number
  count: number
  /** What the folder holds beside them: unreadable files, and pictures that the dataset has already. */
  leftOut: DatasetFindings
  readPixels(index: number, into: Uint8Array): void
  close(): void
}

type WriteOptions = {
  from: string
  images: readonly SourceImage[]
  unreadable: readonly DatasetFinding[]
  signal: AbortSignal | undefined
  onImage: () => void
}

/** Writes `pixels.rgb`, and `pictures.json`, which says how many pictures it holds and which are left out. */
export async function writeUnlabeledFolder(
  folder: string,
  data: PreparedDataset,
  { from, images, unreadable, signal, onImage }: WriteOptions,
): Promise<void> {
  const known = createDuplicateFinder(data)
  const { imageSize } = data
  const write = async (draft: string) => {
    const { kept, broken, sha256 } = await writePixels(join(draft, 'pixels.rgb'), {
      images,
      imageSize,
      onImage,
      refuse: known.find,
      ...(signal && { signal }),
    })
    known.refuseTestPictures(from)
    const leftOut = toFindings([...unreadable, ...broken])
    if (kept.length === 0) throw nothingLeft(from, leftOut)
    const card: Card = { format, version, from, imageSize, count: kept.length, leftOut, sha256 }
    await writeFile(join(draft, 'pictures.json'), `${JSON.stringify(card, null, 2)}\n`, {
      flush: true,
    })
  }
  await writeFolderAtomically(folder, { replace: false }, write).catch(async (error) => {
    if (!(error instanceof DataError && error.cause && (await pathExists(folder)))) throw error
    // Another run prepared the same pictures first.
  })
}

export async function openUnlabeledFolder(
  folder: string,
): Promise<Omit<UnlabeledImages, 'id' | 'from'>> {
  const { imageSize, count, leftOut } = await readCard(folder)
  const path = join(folder, 'pixels.rgb')
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  const expected = count * bytesPerPicture({ imageSize })
  if (size !== expected) {
    throw new DataError(`${path} has ${size} bytes instead of ${expected}. ${deleteIt(folder)}`)
  }
  return { folder, imageSize, count, leftOut, ...openPixels(folder, { imageSize, count }) }
}

const format = 'descry-pictures'
const version = 1

type Card = z.infer<typeof Card>
const Card = z.object({
  format: z.literal(format),
  version: z.literal(version),
  from: z.string(),
  imageSize: z.int().min(1),
  count: z.int().min(1),
  leftOut: DatasetFindings,
  /** Of the pixels. */
  sha256: z.string(),
})

async function readCard(folder: string): Promise<Card> {
  const path = join(folder, 'pictures.json')
  try {
    return Card.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new DataError(`${path} is missing or damaged. ${deleteIt(folder)}`, { cause })
  }
}

const deleteIt = (folder: string) => `Delete ${folder}; it will be made again.`

function nothingLeft(from: string, { byReason, items }: DatasetFindings): DataError {
  const counts = Object.entries(byReason).map(([reason, count]) => `${count} × ${reason}`)
  const [first] = items
  const example = first ? `; for example ${first.what}: ${first.detail}` : ''
  return new DataError(
    `No picture of ${from} is left to learn from: ${counts.join(', ')}${example}`,
  )
}
