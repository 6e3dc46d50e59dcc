import type { Picture } from '../image/decode-pixels.ts'
import type { Device } from '../runtime/device.ts'
import type { VlmDtypes } from './vlm-dtypes.ts'
import type { VlmErrorCode } from './vlm-error.ts'
import type { FlorenceTask, VlmFamily } from './vlm-families.ts'

/** Which model the thread loads, and how it computes. */
export type VlmLoading = {
  /** For messages. */
  name: string
  folder: string
  family: VlmFamily
  dtypes: VlmDtypes
  device: Device
  threads: number
}

/** A kept file (upright, opaque, sRGB), or its pixels. */
export type VlmImage = Uint8Array | Picture

export type VlmRequest = {
  /** For models that are told by task; the first one where nothing is said. */
  task?: FlorenceTask | undefined
  /** For models that are told by prompt, which need one. */
  prompt?: string | undefined
  /** The most probable words where nothing is said, and with a temperature of 0. */
  sampling?: VlmSampling | undefined
  /** Of the answer, at most. */
  maxTokens: number
}

/** What transformers.js honours: it knows `top_p` and `num_beams`, and does nothing with them. */
type VlmSampling = { temperature?: number | undefined; topK?: number | undefined }

export type VlmCaption = {
  text: string
  /** `length`: cut off at `maxTokens`. */
  finish: 'stop' | 'length'
  /** `inputTokens` are those of the prompt; SmolVLM's have those of the picture among them. */
  usage: { inputTokens: number; outputTokens: number }
}

/** What the thread is asked. Answers come in the order of the questions; `abort` has none. */
export type VlmThreadRequest =
  | { name: 'load'; call: number; loading: VlmLoading }
  | { name: 'caption'; call: number; image: VlmImage; request: VlmRequest }
  | { name: 'abort'; call: number }
  | { name: 'end' }

export type VlmThreadResponse = { call: number } & (
  | { caption: VlmCaption | undefined }
  | { failure: { code: VlmErrorCode; message: string; detail: string } }
)
