import type { Label } from '@descry/contract'
import type { CaptionCommandOptions } from './read-caption-options.ts'

/** Captions files, here or on a server. */
export type Captioning = {
  /** Why one that would have been asked is not there, if nobody was asked for by name. */
  leftOut: readonly string[]
  caption(file: string, signal: AbortSignal): Promise<MadeCaption>
  close(): Promise<void>
}

export type MadeCaption = {
  text: string
  /** Null: a person wrote it. */
  captioner: string | null
  confidence: number | null
  labels: Label[]
  ms: number
}

export type CaptioningOptions = Pick<
  CaptionCommandOptions,
  'captionerName' | 'style' | 'trigger' | 'language' | 'force'
>
