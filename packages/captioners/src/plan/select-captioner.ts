import { AppError, type Style } from '@descry/contract'
import type { Captioner, Captioners } from '../captioner/captioner.ts'

type Request = { name: string | undefined; styles: readonly Style[] }

/** The captioner asked for, or the first; refuses a style it cannot write rather than ignoring it. */
export function selectCaptioner(captioners: Captioners, { name, styles }: Request): Captioner {
  const captioner = name ? captioners.find((one) => one.name === name) : captioners[0]
  if (!captioner) {
    const names = captioners.map((one) => one.name).join(', ')
    throw new AppError(
      'invalid-input',
      `There is no captioner called ${name}. There are: ${names}.`,
    )
  }
  const missing = missingStyles(captioner, styles)
  if (missing.length > 0) {
    const able = captioners.filter((one) => missingStyles(one, styles).length === 0)
    const advice = able.length > 0 ? ` Choose ${able.map((one) => one.name).join(' or ')}.` : ''
    throw new AppError(
      'unsupported-option',
      `${captioner.name} cannot write ${missing.join(', ')} captions, only ${captioner.styles.join(', ')}.${advice}`,
    )
  }
  return captioner
}

export const missingStyles = (captioner: Captioner, styles: readonly Style[]) =>
  styles.filter((style) => !captioner.styles.includes(style))
