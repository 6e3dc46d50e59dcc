import type { CaptionOptions, CaptionResponse, Label } from '@descry/contract'
import type { CaptionCommandOptions } from './read-caption-options.ts'

/** Captions files: with captioners of this process, of a data folder or of a server. */
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

export const toCaptionOptions = ({
  captionerName,
  style,
  trigger,
  language,
  force,
}: CaptioningOptions): CaptionOptions => ({
  ...{ captioner: captionerName, styles: [style], trigger, language, fresh: false },
  ...(force && { force }),
})

/** The one caption that was asked for. */
export function toMade({ captions: [made] }: CaptionResponse): MadeCaption {
  if (!made) throw new Error('The answer holds no caption.')
  const { text, captioner, confidence, labels, ms } = made
  return { text, captioner, confidence, labels, ms: ms ?? 0 }
}
