import { createHash } from 'node:crypto'
import { type Captioner, prefixedTrigger } from '@descry/captioners'
import type { Sampling, Style } from '@descry/contract'

type Settings = {
  style: Style
  prompt: string
  sampling: Sampling
  trigger?: string | undefined
  language?: string | undefined
  force?: boolean | undefined
}

/**
 * SHA-256 over all that decides a caption besides the image. The same image and recipe are never
 * captioned twice, unless asked for. A captioner that takes no instructions is not asked otherwise by
 * another prompt, and one that turns no picture down is not asked otherwise by `force`.
 */
export function recipeOf(captioner: Captioner, settings: Settings): string {
  const { name, modelVersion, sendsPixelsTo, sampling: own, photosOnly } = captioner
  const { style, prompt, sampling, trigger, language, force } = settings
  const inFront = prefixedTrigger(captioner, settings)
  const told = own
    ? [prompt, { ...own, ...sampling }, trigger, language]
    : [sampling, ...(inFront === undefined ? [] : [inFront])]
  const forced = photosOnly && force ? ['force'] : []
  return createHash('sha256')
    .update(JSON.stringify([name, modelVersion, sendsPixelsTo, style, ...told, ...forced]))
    .digest('hex')
}
