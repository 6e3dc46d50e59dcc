import { RawImage } from '@huggingface/transformers'
import { decodeReduced } from '../image/decode-reduced.ts'
import { VlmError } from './vlm-error.ts'
import type { VlmImage } from './vlm-messages.ts'

/** No model here looks at more pixels than these; larger pictures are shrunk while they are decoded. */
const MAX_SIDE = 2048

export async function readImage(image: VlmImage): Promise<RawImage> {
  const { pixels, width, height } = image instanceof Uint8Array ? await decode(image) : image
  return new RawImage(pixels, width, height, 3)
}

async function decode(file: Uint8Array) {
  try {
    return await decodeReduced(file, MAX_SIDE)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new VlmError('unreadable-image', `The image cannot be decoded: ${why}`, { cause })
  }
}
