import type { CaptionerInfo, Label, Style, Usage } from '@descry/contract'

/** Anything that can look at an image and say what is in it. May gather concurrent calls inside. */
export type Captioner = Omit<CaptionerInfo, 'isDefault'> & {
  /** Changes when the same name would give other texts: part of a caption's address. */
  readonly modelVersion: string | null
  caption(input: CaptionInput, signal: AbortSignal): Promise<CaptionOutput>
  /** Gives back what it holds, once the captions in hand are done. */
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
}

export type CaptionOutput = {
  text: string
  /** 0 to 1, where the captioner can tell. */
  confidence?: number
  labels?: Label[]
  usage?: Usage
}

/** In the order of preference: the first is the default. */
export type Captioners = readonly Captioner[]
