import { CaptionerFailure, fillPrompt, toAppError } from '@descry/captioners'
import type { Label } from '@descry/contract'
import { readSidecar, type SidecarOutcome, toOneLine, writeSidecar } from '@descry/formats'
import { normalizeImage } from '@descry/ml'
import type { Captioning } from './open-captioning.ts'
import type { CaptionCommandOptions } from './read-caption-options.ts'
import { readImageFile } from './read-image-file.ts'

export type CaptionedFile = {
  file: string
  caption: string
  /** Null: the caption is the one that was in the text file already. */
  captioner: string | null
  confidence: number | null
  labels: Label[]
  ms: number
  /** With --write-txt: what happened to the text file. */
  txt?: SidecarOutcome
}

export type Settings = Pick<
  CaptionCommandOptions,
  'style' | 'trigger' | 'language' | 'writeText' | 'force'
> & { captioning: Pick<Captioning, 'limits' | 'caption'> }

/** One image file to its caption, and to its text file if wanted. */
export async function captionFile(
  file: string,
  { captioning, style, trigger, language, writeText, force }: Settings,
  signal: AbortSignal,
): Promise<CaptionedFile> {
  // A caption that would be skipped in the end need not be paid for.
  const there = writeText?.existing === 'skip' ? await readSidecar(file) : undefined
  if (there !== undefined) return keptCaption(file, there)

  const { limits } = captioning
  const bytes = await readImageFile(file, limits, signal)
  const { file: kept, mediaType, thumbnail, width, height } = await normalizeImage(bytes, limits)
  const prompt = fillPrompt(undefined, { style, trigger, language })
  const input = { file: kept, mediaType, thumbnail, width, height, style, prompt, force }
  const { output, captioner } = await captioning
    .caption({ ...input, trigger, language }, signal)
    .catch((error) => {
      throw error instanceof CaptionerFailure ? toAppError(error) : error
    })

  const { text, confidence = null, labels = [], ms } = output
  const caption = toOneLine(text)
  const result = { file, caption, captioner: captioner.name, confidence, labels, ms }
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
