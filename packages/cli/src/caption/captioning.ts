import {
  type CaptionOptions,
  type CaptionResponse,
  type Label,
  outcomes,
  type StepOutcome,
  type Trace,
} from '@descry/contract'
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
  /** What was done to the caption that people should know. */
  note?: string
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
  const { text, captioner, confidence, labels, ms, trace } = made
  return { text, captioner, confidence, labels, ms: ms ?? 0, ...noteOf(trace) }
}

/**
 * That somebody else was asked because a captioner is down, and what was done to the caption. What was
 * wrong with one answer concerns that picture only.
 */
export function noteOf(trace: Trace | null): { note?: string } {
  const last = trace?.steps.at(-1)
  if (last?.outcome !== 'done') return {}
  const down = trace?.steps.find(
    ({ captioner, outcome }) => captioner !== last.captioner && isDown(outcome),
  )
  const instead = down && `${down.reason} ${last.captioner} captions instead.`
  const note = [instead, last.reason].filter(Boolean).join(' ')
  return note ? { note } : {}
}

const isDown = (outcome: StepOutcome) =>
  outcome !== 'done' && outcome !== 'skipped' && outcomes[outcome].counts
