import { type DecodeOptions, decodePixels, type Picture } from './decode-pixels.ts'
import { type EncodedPicture, encodePicture, makeThumbnail } from './encode-picture.ts'
import { findCleanFile, type ImageSource } from './find-clean-file.ts'
import { getImageKind } from './get-image-kind.ts'
import { hashPixels } from './hash-pixels.ts'
import { ImageError } from './image-error.ts'
import { mediaTypes } from './image-kind.ts'
import { readImageHeader } from './read-image-header.ts'
import { mendTail } from './tail/mend-tail.ts'
import { requireWhole } from './tail/require-whole.ts'

export type NormalizedImage = Picture &
  EncodedPicture & {
    /** SHA-256 of width, height and RGB: see `hashPixels`. */
    id: string
    /** Longest side at most 300 pixels, never enlarged. */
    thumbnail: Uint8Array
    thumbnailMediaType: string
  }

export type ImageLimits = { maxBytes: number; maxPixels: number }

type Options = {
  /** Told how many pixels there will be; decoding waits for it. */
  beforeDecoding?: (pixels: number) => Promise<void>
}

/**
 * Bytes of any supported kind → the one picture that the model, the reviewer and the export see:
 * first frame, upright, opaque, 8-bit sRGB; the file kept for it, without metadata; its thumbnail.
 * Throws only `ImageError` for what is wrong with the bytes.
 */
export async function normalizeImage(
  sent: Uint8Array,
  { maxBytes, maxPixels }: ImageLimits,
  { beforeDecoding = async () => {} }: Options = {},
): Promise<NormalizedImage> {
  if (sent.length > maxBytes) throw tooManyBytes(sent.length, maxBytes)
  const kind = getImageKind(sent)
  const mended = await mendTail(sent, kind)
  const { bytes } = mended
  const header = await readImageHeader(bytes, { kind, maxPixels })
  await beforeDecoding(header.width * header.height)
  await requireWhole(mended, { maxPixels })
  const { picture, clean } = await decodeSource({ bytes, kind, header }, maxPixels)

  const [id, kept, thumbnail] = await Promise.all([
    hashPixels(picture),
    clean ? { file: clean, mediaType: mediaTypes[kind] } : encodePicture(picture, { bytes, kind }),
    makeThumbnail(picture),
  ])
  return { id, ...picture, ...kept, thumbnail, thumbnailMediaType: mediaTypes.jpeg }
}

/**
 * What is kept is decoded, so that nobody ever sees other pixels. Data that a strict decoder would
 * refuse is not kept, as others may be strict; the picture is then encoded anew.
 */
async function decodeSource(
  source: ImageSource,
  maxPixels: number,
): Promise<{ picture: Picture; clean: Uint8Array | undefined }> {
  const options = { header: source.header, maxPixels }
  const clean = findCleanFile(source)
  const picture = clean && (await findPixels(clean, options))
  return picture
    ? { picture, clean }
    : { picture: await decodePixels(source.bytes, options), clean: undefined }
}

const findPixels = (bytes: Uint8Array, options: DecodeOptions): Promise<Picture | undefined> =>
  decodePixels(bytes, { ...options, strict: true }).catch((error: unknown) => {
    if (error instanceof ImageError) return undefined
    throw error
  })

const tooManyBytes = (length: number, maxBytes: number): ImageError =>
  new ImageError(
    'image-too-large',
    `The file has ${length} bytes; at most ${maxBytes} are accepted. Make it smaller and send it again.`,
  )
