import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { ImageError } from '../../image/image-error.ts'
import type { ImageLimits } from '../../image/normalize-image.ts'
import type { DatasetFinding } from './dataset-card.ts'
import { createLeakFinder } from './find-leaks.ts'
import { mapAhead } from './map-ahead.ts'
import { readHashedSquare } from './read-image-file.ts'
import type { SourceImage } from './source-image.ts'

export type PixelOptions = {
  images: readonly SourceImage[]
  imageSize: number
  limits?: ImageLimits
  signal?: AbortSignal
  /** Called after each image. */
  onImage?: () => void
  /** Why a picture that can be read is left out all the same. */
  refuse?: (picture: HashedImage, pixels: Uint8Array) => DatasetFinding | undefined
}

/** With the SHA-256 of its file. */
export type HashedImage = SourceImage & { sha256: string }

export type WrittenPixels = {
  /** The images whose pixels are in the file, in its order. */
  kept: HashedImage[]
  /** Unreadable, or refused. */
  broken: DatasetFinding[]
  leaks: DatasetFinding[]
  sha256: string
}

/** Decodes several images at a time, and writes one after the other. */
export async function writePixels(path: string, options: PixelOptions): Promise<WrittenPixels> {
  const { images, imageSize: size, limits = defaultLimits, signal, onImage, refuse } = options
  const kept: HashedImage[] = []
  const broken: DatasetFinding[] = []
  const leaks = createLeakFinder()
  const hash = createHash('sha256')
  await using file = await open(path, 'wx')

  const squares = mapAhead(images, { ahead: 2 * availableParallelism() }, async (image) => ({
    image,
    square: await readHashedSquare(image.path, { ...limits, size }).catch(toReadFailure),
  }))
  for await (const { image, square } of squares) {
    signal?.throwIfAborted()
    onImage?.()
    if ('detail' in square) {
      broken.push({ what: image.file, reason: 'image-unreadable', detail: square.detail })
      continue
    }
    const { pixels, sha256 } = square
    const hashed = { ...image, sha256 }
    const refused = refuse?.(hashed, pixels)
    if (refused) {
      broken.push(refused)
      continue
    }
    await file.appendFile(pixels)
    hash.update(pixels)
    leaks.add(image, pixels)
    kept.push(hashed)
  }
  await file.sync()
  return { kept, broken, leaks: leaks.found, sha256: hash.digest('hex') }
}

/** What is wrong with one file ends nothing; a bug does. */
export function toReadFailure(error: unknown): { detail: string } {
  if (error instanceof ImageError) return { detail: error.message }
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return { detail: `The file cannot be read (${error.code}).` }
  }
  throw error
}

/** Pixels as the server's default; more bytes, as files on disk are not sent by strangers. */
export const defaultLimits: ImageLimits = { maxBytes: 64 * 1024 * 1024, maxPixels: 64_000_000 }
