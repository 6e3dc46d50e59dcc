import { createHash } from 'node:crypto'
import { open, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkTargetFolder } from './check-target-folder.ts'
import { DataError } from './data-error.ts'
import {
  type CaptionLine,
  type DatasetCard,
  type DatasetFinding,
  toFindings,
} from './dataset-card.ts'
import { type CardOptions, toDatasetCard } from './to-dataset-card.ts'
import { writeFolderAtomically } from './write-folder-atomically.ts'
import { type HashedImage, type PixelOptions, writePixels } from './write-pixels.ts'

export type PrepareOptions = CardOptions &
  Omit<PixelOptions, 'refuse'> & {
    /** The folder to write, which must not be there unless `replace`. */
    to: string
    replace: boolean
  }

/**
 * Writes a folder that training reads without decoding anything:
 *
 * - `pixels.rgb`      RGB, 8 bits; image i of size S lies at byte i · S · S · 3
 * - `captions.jsonl`  a `CaptionLine` an image, in the same order
 * - `dataset.json`    the card
 *
 * The same images and options give the same bytes. Images that do not decode are left out.
 */
export async function prepareDataset(options: PrepareOptions): Promise<DatasetCard> {
  const { to, replace } = options
  await checkTargetFolder(to, { replace })
  if (options.images.length === 0) throw nothingLeft(options.leftOut)
  const advice = 'Make room, take a smaller --image-size or another folder for --to'
  return writeFolderAtomically(to, { replace, advice }, async (folder) => {
    await requireSpace(options, dirname(folder))
    const pixels = await writePixels(join(folder, 'pixels.rgb'), options)
    if (pixels.kept.length === 0) throw nothingLeft([...options.leftOut, ...pixels.broken])
    const lines = pixels.kept.map(toLine).join('')
    const captions = await writeText(join(folder, 'captions.jsonl'), lines)
    const card = toDatasetCard(options, pixels, {
      'captions.jsonl': captions,
      'pixels.rgb': pixels.sha256,
    })
    await writeText(join(folder, 'dataset.json'), `${JSON.stringify(card, null, 2)}\n`)
    return card
  })
}

const toLine = ({ id, file, split, captions, sha256 }: HashedImage): string =>
  `${JSON.stringify({ id, file, split, captions: [...captions], sha256 } satisfies CaptionLine)}\n`

async function writeText(path: string, text: string): Promise<string> {
  await using file = await open(path, 'wx')
  await file.writeFile(text)
  await file.sync()
  return createHash('sha256').update(text).digest('hex')
}

async function requireSpace({ images, imageSize, to }: PrepareOptions, folder: string) {
  const needed = images.length * imageSize * imageSize * 3
  const { bavail, bsize } = await statfs(folder)
  if (needed <= bavail * bsize) return
  throw new DataError(
    `${to} needs ${inMegabytes(needed)}, and ${inMegabytes(bavail * bsize)} are free there. Make ` +
      'room, take a smaller --image-size or another folder for --to.',
  )
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`

function nothingLeft(leftOut: readonly DatasetFinding[]): DataError {
  const { byReason, items } = toFindings(leftOut)
  const counts = Object.entries(byReason).map(([reason, count]) => `${count} × ${reason}`)
  if (items.length === 0) {
    return new DataError('Nothing is left to prepare: it holds no captioned image.')
  }
  const [{ what, detail }] = items
  const example = detail === undefined ? `${what}.` : `${what}: ${detail}`
  return new DataError(
    `Nothing is left to prepare. Left out: ${counts.join(', ')}; for example ${example}`,
  )
}
