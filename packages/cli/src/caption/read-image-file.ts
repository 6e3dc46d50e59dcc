import { open } from 'node:fs/promises'
import { FormatError } from '@descry/formats'
import { ImageError } from '@descry/ml'

/** Reads a file that may be an image; one that is too large is refused before it fills the memory. */
export async function readImageFile(
  file: string,
  { maxBytes }: { maxBytes: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    if (size > maxBytes) throw tooLarge(size, maxBytes)
    return await handle.readFile({ signal })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (error instanceof ImageError || signal.aborted) throw error
    throw new FormatError('unreadable', file, `The file cannot be read (${code}).`, {
      cause: error,
    })
  }
}

const tooLarge = (size: number, maxBytes: number) =>
  new ImageError(
    'image-too-large',
    `The file has ${size} bytes, more than ${maxBytes}. Make it smaller, or raise DESCRY_MAX_IMAGE_BYTES.`,
  )
