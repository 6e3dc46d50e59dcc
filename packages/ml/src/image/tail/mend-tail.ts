import type { ImageKind } from '../image-kind.ts'
import { mendGifTail } from './mend-gif-tail.ts'
import { mendJpegTail } from './mend-jpeg-tail.ts'
import { mendLengths } from './mend-lengths.ts'
import { mendPngTail } from './mend-png-tail.ts'
import type { MendedFile } from './require-whole.ts'

/**
 * The same picture in a file that ends as its format says. Where its end was missing or damaged, it is
 * whole only if all alternatives decode to the same pixels: see `requireWhole`. Throws `ImageError` for
 * a picture that is cut for sure. A file that ends well comes back as it is.
 */
export const mendTail = async (bytes: Uint8Array, kind: ImageKind): Promise<MendedFile> =>
  menders[kind](bytes)

const menders: Record<ImageKind, (bytes: Uint8Array) => MendedFile | Promise<MendedFile>> = {
  jpeg: mendJpegTail,
  png: mendPngTail,
  gif: mendGifTail,
  webp: (bytes) => mendLengths(bytes, webpLength(bytes)),
  avif: (bytes) => mendLengths(bytes, avifLength(bytes)),
}

/** `RIFF` and the number of bytes behind it (RFC 9649, 2.3). */
const webpLength = (bytes: Uint8Array): number =>
  bytes.length < 8 ? 0 : viewOf(bytes).getUint32(4, true) + 8

/** The end of the last box: each is a size, which counts itself, a name and data (ISO 14496-12, 4.2). */
function avifLength(bytes: Uint8Array): number {
  const view = viewOf(bytes)
  let end = 0
  while (end + 8 <= bytes.length) {
    const size = view.getUint32(end)
    if (size < 8) return 0 // up to the end of the file, or in 64 bits: nothing says what is missing
    end += size
  }
  return end
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
