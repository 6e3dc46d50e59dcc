import sharp, { type Sharp } from 'sharp'
import type { Picture } from './decode-pixels.ts'

/** Decoded pixels as the source of a thumbnail or of a new file. Their number was checked before. */
export const openPicture = ({ pixels, width, height }: Picture): Sharp =>
  sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false })
