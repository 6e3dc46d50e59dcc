import { createHash } from 'node:crypto'
import type { Sampling, Style } from '@descry/contract'
import type { Captioner } from '../captioners/captioner.ts'

type Settings = {
  style: Style
  prompt: string
  sampling: Sampling
  trigger?: string | undefined
  language?: string | undefined
}

/**
 * SHA-256 over all that decides a caption besides the image. The same image and recipe are never
 * captioned twice, unless asked for. A captioner that takes no instructions is not asked otherwise by
 * another prompt.
 */
export function recipeOf(
  { name, modelVersion, sendsPixelsTo, sampling: own }: Captioner,
  settings: Settings,
): string {
  const { style, prompt, sampling, trigger, language } = settings
  const told = own ? [prompt, { ...own, ...sampling }, trigger, language] : [sampling]
  return createHash('sha256')
    .update(JSON.stringify([name, modelVersion, sendsPixelsTo, style, ...told]))
    .digest('hex')
}
