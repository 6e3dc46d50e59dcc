import { AppError, type Style } from '@descry/contract'
import type { Captioner, Captioners } from '../captioner/captioner.ts'

export function selectCaptioner(captioners: Captioners, name: string): Captioner {
  const captioner = captioners.find((one) => one.name === name)
  if (captioner) return captioner
  const names = captioners.map((one) => one.name).join(', ')
  throw new AppError('invalid-input', `There is no captioner called ${name}. There are: ${names}.`)
}

type Request = { known: Captioners; wanted: readonly Style[] }

/** Nobody who would be asked writes any of the styles: says who could. */
export function requireOneStyle(first: Captioner, { known, wanted }: Request): never {
  const able = known.filter(({ styles }) => wanted.every((style) => styles.includes(style)))
  const advice = able.length > 0 ? ` Choose ${able.map((one) => one.name).join(' or ')}.` : ''
  throw new AppError(
    'unsupported-option',
    `${first.name} cannot write ${wanted.join(', ')} captions, only ${first.styles.join(', ')}.${advice}`,
  )
}
