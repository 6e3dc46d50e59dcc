export { decodeReduced } from './image/decode-reduced.ts'
export { type EncodedImage, encodeForSending } from './image/encode-for-sending.ts'
export { ImageError, type ImageErrorCode } from './image/image-error.ts'
export { findImageKind, type ImageKind, imageHeadLength } from './image/image-kind.ts'
export { type ImageMeasures, measureImage } from './image/measure-image.ts'
export {
  type ImageLimits,
  type NormalizedImage,
  normalizeImage,
} from './image/normalize-image.ts'
