import type { Style } from '@descry/contract'
import { AppError } from '../errors.ts'
import type { Captioner, Captioners } from './captioner.ts'

type Wish = { name: string | undefined; styles: readonly Style[] }

/** The captioner asked for, or the first; refuses a style it cannot write rather than ignoring it. */
export function selectCaptioner(captioners: Captioners, { name, styles }: Wish): Captioner {
  const captioner = name ? captioners.find((one) => one.name === name) : captioners[0]
  if (!captioner) {
    const names = captioners.map((one) => one.name).join(', ')
    throw new AppError(
      'invalid-input',
      `There is no captioner called ${name}. There are: ${names}.`,
    )
  }
  const missing = styles.filter((style) => !captioner.styles.includes(style))
  if (missing.length > 0) {
    throw new AppError(
      'unsupported-option',
      `${captioner.name} cannot write ${missing.join(', ')} captions, only ${captioner.styles.join(', ')}.`,
    )
  }
  return captioner
}
