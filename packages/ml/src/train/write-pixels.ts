import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { ImageError } from '../image/image-error.ts'
import type { ImageLimits } from '../image/normalize-image.ts'
import type { DatasetFinding } from './dataset-card.ts'
import { createLeakFinder } from './find-leaks.ts'
import { mapAhead } from './map-ahead.ts'
import type { PrepareOptions } from './prepare-dataset.ts'
import { readSquare } from './read-square.ts'
import type { SourceImage } from './source-image.ts'

type PixelOptions = Pick<PrepareOptions, 'images' | 'imageSize' | 'limits' | 'signal' | 'onImage'>

export type WrittenPixels = {
  /** The images whose pixels are in the file, in its order. */
  kept: SourceImage[]
  broken: DatasetFinding[]
  leaks: DatasetFinding[]
  sha256: string
}

/** Decodes several images at a time, and writes one after the other. */
export async function writePixels(path: string, options: PixelOptions): Promise<WrittenPixels> {
  const { images, imageSize: size, limits = defaultLimits, signal, onImage } = options
  const kept: SourceImage[] = []
  const broken: DatasetFinding[] = []
  const leaks = createLeakFinder()
  const hash = createHash('sha256')
  await using file = await open(path, 'wx')

  const squares = mapAhead(images, { ahead: 2 * availableParallelism() }, async (image) => ({
    image,
    pixels: await readSquare(image.path, { ...limits, size }).catch(toBroken),
  }))
  for await (const { image, pixels } of squares) {
    signal?.throwIfAborted()
    if (pixels instanceof Uint8Array) {
      await file.appendFile(pixels)
      hash.update(pixels)
      leaks.add(image, pixels)
      kept.push(image)
    } else {
      broken.push({ what: image.file, reason: 'image-unreadable', detail: pixels.detail })
    }
    onImage?.()
  }
  await file.sync()
  return { kept, broken, leaks: leaks.found, sha256: hash.digest('hex') }
}

/** What is wrong with one file ends nothing; a bug does. */
function toBroken(error: unknown): { detail: string } {
  if (error instanceof ImageError) return { detail: error.message }
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return { detail: `The file cannot be read (${error.code}).` }
  }
  throw error
}

/** Pixels as the server's default; more bytes, as files on disk are not sent by strangers. */
const defaultLimits: ImageLimits = { maxBytes: 64 * 1024 * 1024, maxPixels: 64_000_000 }
