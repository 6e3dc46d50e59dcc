import type { ImageKind } from '../image-kind.ts'
import { mendGifTail } from './mend-gif-tail.ts'
import { mendJpegTail } from './mend-jpeg-tail.ts'
import { mendLengths } from './mend-lengths.ts'
import { mendPngTail } from './mend-png-tail.ts'

/**
 * The same picture in a file that ends as its format says: an end that is missing or damaged is put
 * right if every pixel of the (first) picture can be decoded without it. Otherwise the picture is cut,
 * and a `corrupt-image`, here or when it is decoded. A file that is whole comes back as it is.
 */
export const mendTail = (
  bytes: Uint8Array,
  { kind, maxPixels }: { kind: ImageKind; maxPixels: number },
): Promise<Uint8Array> => menders[kind](bytes, maxPixels)

type Mender = (bytes: Uint8Array, maxPixels: number) => Promise<Uint8Array>

const menders: Record<ImageKind, Mender> = {
  jpeg: mendJpegTail,
  png: async (bytes) => mendPngTail(bytes),
  gif: mendGifTail,
  webp: (bytes, maxPixels) => mendLengths(bytes, { length: webpLength(bytes), maxPixels }),
  avif: (bytes, maxPixels) => mendLengths(bytes, { length: avifLength(bytes), maxPixels }),
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
