import type { CaptionerInfo, Label, Limits, Price, Sampling, Style, Usage } from '@descry/contract'

/**
 * Anything that can look at an image and say what is in it. May gather concurrent calls inside. One call
 * is one attempt: it never retries and never asks another model. It fails with `CaptionerFailure`, or
 * with the signal's reason.
 */
export type Captioner = Omit<CaptionerInfo, 'isDefault' | 'state'> & {
  /** Changes when the same name would give other texts: part of a caption's address. */
  readonly modelVersion: string | null
  /** Absent: none. The chain keeps them, and re-encodes the image to fit. */
  readonly limits?: Limits
  /** Absent: it costs nothing. */
  readonly price?: Price | undefined
  readonly timeoutMs?: number
  /** What it is asked with where a request says nothing; absent: it has no such settings. */
  readonly sampling?: Sampling
  /** It learned from photos and fails with `not-a-photo` on anything else, unless told to `force` it. */
  readonly photosOnly?: boolean
  /** It takes no prompt: the trigger word of a training caption is put in front of what it says. */
  readonly prefixesTrigger?: boolean
  /** Asked, in this order, when this one fails: other models of the same provider. */
  readonly fallbacks?: readonly Captioner[]
  caption(input: CaptionInput, signal: AbortSignal): Promise<CaptionOutput>
  /** Gives back what it holds, once the captions in progress are done. */
  dispose?(): Promise<void>
}

export type CaptionInput = {
  /** The kept file: upright, opaque, sRGB, without metadata. */
  file: Uint8Array
  mediaType: string
  /** The same as JPEG, its longest side at most 300 pixels: for those who need no more. */
  thumbnail: Uint8Array
  width: number
  height: number
  style: Style
  /** What a model that follows instructions is told; others look at `style`. */
  prompt: string
  sampling: Sampling
  /** Caption it even if it does not look like a photo. */
  force?: boolean | undefined
  /** Brought by the request itself, instead of the configured one: used once, never kept. */
  apiKey?: string | undefined
}

export type CaptionOutput = {
  text: string
  /** How the model's answer ended, where it says so; `length`: at the limit of tokens. */
  finish?: 'stop' | 'length'
  /** 0 to 1, where the captioner can tell. */
  confidence?: number
  labels?: Label[]
  usage?: Usage
}

/** In the order of preference: the first is the default. */
export type Captioners = readonly Captioner[]
