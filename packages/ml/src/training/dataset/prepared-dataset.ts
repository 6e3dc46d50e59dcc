import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DataError } from './data-error.ts'
import { CaptionLine, cardFormat, cardVersion, DatasetCard } from './dataset-card.ts'
import { bytesPerPicture, openPixels } from './open-pixels.ts'

export type PreparedImage = CaptionLine & { index: number }

export type PreparedDataset = {
  card: DatasetCard
  folder: string
  imageSize: number
  images: PreparedImage[]
  /** Fills `into`, S · S · 3 bytes, with the image's RGB, row by row. */
  readPixels(index: number, into: Uint8Array): void
  close(): void
}

/**
 * Opens what `prepareDataset` wrote. Shapes and sizes are checked always, contents against the card's
 * hashes only with `verify`, which reads every byte.
 */
export async function openPreparedDataset(
  folder: string,
  { verify = false }: { verify?: boolean } = {},
): Promise<PreparedDataset> {
  const card = await readCard(folder)
  const images = await readCaptions(folder, card)
  await checkPixels(folder, card, images.length)
  if (verify) await checkHashes(folder, card)
  const pixels = openPixels(folder, { ...card, count: images.length })
  return { card, folder, imageSize: card.imageSize, images, ...pixels }
}

async function readCard(folder: string): Promise<DatasetCard> {
  const path = join(folder, 'dataset.json')
  const json = parseJson(await readText(path), path)
  const head = CardHead.safeParse(json)
  if (!head.success) {
    throw new DataError(`${path} is not the card of a prepared dataset. ${prepareAgain}`)
  }
  if (head.data.version !== cardVersion) {
    throw new DataError(
      `${path} is of version ${head.data.version}, and this Descry reads version ${cardVersion}. ${prepareAgain}`,
    )
  }
  const card = DatasetCard.safeParse(json)
  if (card.success) return card.data
  throw new DataError(`${path} is damaged: ${describeIssue(card.error)}. ${prepareAgain}`)
}

const CardHead = z.object({ format: z.literal(cardFormat), version: z.int() })

async function readCaptions(folder: string, card: DatasetCard): Promise<PreparedImage[]> {
  const path = join(folder, 'captions.jsonl')
  const lines = (await readText(path)).split('\n')
  if (lines.pop() !== '')
    throw new DataError(`${path} ends in the middle of a line. ${prepareAgain}`)
  const images = lines.map((text, index) => {
    const where = `Line ${index + 1} of ${path}`
    const line = CaptionLine.safeParse(parseJson(text, where))
    if (line.success) return { ...line.data, index }
    throw new DataError(`${where} is damaged: ${describeIssue(line.error)}. ${prepareAgain}`)
  })
  const expected = Object.values(card.splits).reduce((sum, split) => sum + split.images, 0)
  if (images.length === expected) return images
  throw new DataError(
    `${path} has ${images.length} images, and the card says ${expected}. ${prepareAgain}`,
  )
}

async function checkPixels(folder: string, card: DatasetCard, images: number): Promise<void> {
  const path = join(folder, 'pixels.rgb')
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  const expected = images * bytesPerPicture(card)
  if (size === expected) return
  throw new DataError(
    `${path} has ${size} bytes instead of ${expected} (${images} images of ${card.imageSize} × ` +
      `${card.imageSize} pixels). ${prepareAgain}`,
  )
}

async function checkHashes(folder: string, { sha256 }: DatasetCard): Promise<void> {
  for (const [name, expected] of Object.entries(sha256)) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk)
    if (hash.digest('hex') === expected) continue
    throw new DataError(
      `${join(folder, name)} is not what the card says (SHA-256). ${prepareAgain}`,
    )
  }
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error)
  })

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DataError(`${where} is not JSON. ${prepareAgain}`, { cause })
  }
}

function unreadable(path: string, cause: unknown): DataError {
  const { code } = cause as NodeJS.ErrnoException
  const what = code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${code}).`
  return new DataError(`${what} ${prepareAgain}`, { cause })
}

const describeIssue = ({ issues }: z.ZodError) =>
  `${issues[0].path.join('.')}: ${issues[0].message}`

const prepareAgain = 'Make it with: descry data prepare --from FOLDER --to FOLDER'
