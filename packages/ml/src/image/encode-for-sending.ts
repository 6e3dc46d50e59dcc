import sharp from 'sharp'

export type EncodedImage = { file: Uint8Array; mediaType: string }

/**
 * A kept file as other servers take it: JPEG or PNG (several reject WebP and AVIF), the longest side
 * at most `maxSide` pixels. What is so already stays as it is; all else becomes JPEG.
 */
export async function encodeForSending(
  { file, mediaType }: EncodedImage,
  { maxSide }: { maxSide: number },
): Promise<EncodedImage> {
  const { width, height } = await sharp(file).metadata()
  const common = mediaType === 'image/jpeg' || mediaType === 'image/png'
  if (common && Math.max(width, height) <= maxSide) return { file, mediaType }
  const encoded = await sharp(file)
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 90 })
    .toBuffer()
  return { file: encoded, mediaType: 'image/jpeg' }
}
