import { open } from 'node:fs/promises'
import { hashBytes } from '../../hash-bytes.ts'
import { decodeSquare, type SquareOptions } from '../../image/decode-square.ts'
import { ImageError } from '../../image/image-error.ts'
import type { ImageLimits } from '../../image/normalize-image.ts'

type ReadOptions = ImageLimits & SquareOptions

/** A file as a model sees it, see `decodeSquare`, with the SHA-256 of the file. */
export async function readHashedSquare(
  path: string,
  options: ReadOptions,
): Promise<{ pixels: Uint8Array; sha256: string }> {
  const bytes = await readImageFile(path, options)
  return { pixels: await decodeSquare(bytes, options), sha256: hashBytes(bytes) }
}

export async function readImageFile(
  path: string,
  { maxBytes }: Pick<ImageLimits, 'maxBytes'>,
): Promise<Uint8Array> {
  await using file = await open(path)
  const { size } = await file.stat()
  if (size <= maxBytes) return await file.readFile()
  throw new ImageError(
    'image-too-large',
    `The file has ${size} bytes; at most ${maxBytes} are accepted.`,
  )
}
