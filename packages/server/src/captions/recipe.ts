import { createHash } from 'node:crypto'
import type { Style } from '@descry/contract'
import type { Captioner } from '../captioners/captioner.ts'

/**
 * SHA-256 over all that decides a caption besides the image. The same image and recipe are never
 * captioned twice, unless asked for.
 */
export function recipeOf({ name, modelVersion }: Captioner, style: Style): string {
  return createHash('sha256')
    .update(JSON.stringify([name, modelVersion, style]))
    .digest('hex')
}
