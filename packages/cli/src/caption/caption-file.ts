import type { Label } from '@descry/contract'
import { readSidecar, type SidecarOutcome, toOneLine, writeSidecar } from '@descry/formats'
import type { Captioning } from './captioning.ts'
import type { CaptionCommandOptions } from './read-caption-options.ts'

export type CaptionedFile = {
  file: string
  caption: string
  /** Null: a person wrote it, or it was in the text file already. */
  captioner: string | null
  confidence: number | null
  labels: Label[]
  ms: number
  /** What was done to the caption that people should know. */
  note?: string
  /** With --write-txt: what happened to the text file. */
  txt?: SidecarOutcome
}

export type Settings = Pick<CaptionCommandOptions, 'writeText' | 'prefix' | 'suffix'> & {
  captioning: Pick<Captioning, 'caption'>
}

/** One image file to its caption, and to its text file if wanted. */
export async function captionFile(
  file: string,
  { captioning, writeText, prefix, suffix }: Settings,
  signal: AbortSignal,
): Promise<CaptionedFile> {
  // A caption that would be skipped in the end need not be paid for.
  const there = writeText?.existing === 'skip' ? await readSidecar(file) : undefined
  if (there !== undefined) return keptCaption(file, there)

  const { text: said, ...made } = await captioning.caption(file, signal)
  const text = `${prefix}${said}${suffix}`
  const result = { file, caption: toOneLine(text), ...made }
  return writeText ? { ...result, txt: await writeSidecar(file, text, writeText) } : result
}

const keptCaption = (file: string, caption: string): CaptionedFile => ({
  file,
  caption: toOneLine(caption),
  captioner: null,
  confidence: null,
  labels: [],
  ms: 0,
  txt: 'skipped',
})
