import sharp, { type Sharp } from 'sharp'
import { ImageError } from './image-error.ts'

export type EncodedImage = { file: Uint8Array; mediaType: string }

/** What the receiver takes. What is absent is not limited. */
export type SendingForm = {
  /** In the order of preference. */
  formats?: readonly SendingFormat[] | undefined
  /** Pixels of the longest side. */
  maxSide?: number | undefined
  maxBytes?: number | undefined
}

type SendingFormat = keyof typeof encoders

/**
 * A kept file as other servers take it; JPEG or PNG where nothing else is said, because several reject
 * WebP and AVIF. A file that is so already stays as it is; all else is encoded anew: in worse quality
 * until it is small enough, and then with fewer pixels. Throws `ImageError` when even that does not help.
 */
export async function encodeForSending(
  { file, mediaType }: EncodedImage,
  { formats = ['image/jpeg', 'image/png'], maxSide = Infinity, maxBytes = Infinity }: SendingForm,
): Promise<EncodedImage> {
  const { width, height } = await sharp(file).metadata()
  const longest = Math.max(width, height)
  const taken = (formats as readonly string[]).includes(mediaType)
  if (taken && longest <= maxSide && file.length <= maxBytes) return { file, mediaType }

  const format = formats[0] ?? 'image/jpeg'
  let side = Math.min(longest, maxSide, encoders[format].maxSide)
  let encoded = await encode(file, { format, side, quality: qualities[0] })
  for (const quality of encoders[format].lossless ? [] : qualities.slice(1)) {
    if (encoded.length <= maxBytes) break
    encoded = await encode(file, { format, side, quality })
  }
  while (encoded.length > maxBytes) {
    if (side <= MIN_SIDE) throw cannotBeSmaller(encoded.length, maxBytes)
    side = Math.max(MIN_SIDE, shrink(side, maxBytes / encoded.length))
    encoded = await encode(file, { format, side, quality: qualities.at(-1) ?? 60 })
  }
  return { file: encoded, mediaType: format }
}

/** 60 still shows everything a model is asked for; what is below shows blocks. */
const qualities = [90, 75, 60] as const

/** Smaller than this, a model cannot tell what it sees. */
const MIN_SIDE = 64

/** Bytes go with the number of pixels, roughly: a little less than that, and at least a tenth off. */
const shrink = (side: number, share: number) =>
  Math.floor(side * Math.min(0.9, 0.95 * Math.sqrt(share)))

/** The longest side is what the format itself can hold. */
const encoders = {
  'image/jpeg': {
    lossless: false,
    maxSide: 65_535,
    write: (image: Sharp, quality: number) => image.jpeg({ quality }),
  },
  'image/png': {
    lossless: true,
    maxSide: Infinity,
    write: (image: Sharp) => image.png({ compressionLevel: 6, adaptiveFiltering: true }),
  },
  'image/webp': {
    lossless: false,
    maxSide: 16_383,
    write: (image: Sharp, quality: number) => image.webp({ quality }),
  },
} as const

function encode(
  file: Uint8Array,
  { format, side, quality }: { format: SendingFormat; side: number; quality: number },
): Promise<Buffer> {
  const image = sharp(file).resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
  })
  return encoders[format].write(image, quality).toBuffer()
}

const cannotBeSmaller = (bytes: number, maxBytes: number) =>
  new ImageError(
    'image-too-large',
    `Even at ${MIN_SIDE} pixels the image takes ${bytes} bytes; at most ${maxBytes} are accepted. Raise the limit, or allow JPEG.`,
  )
