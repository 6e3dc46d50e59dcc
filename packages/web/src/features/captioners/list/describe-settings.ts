import type { CaptionerSettings, Limits, Price } from '@descry/contract'
import { formatDollars } from '../../../lib/format.ts'

/** Which models are asked, in which order. */
export function describeModels(settings: CaptionerSettings): string {
  if ('models' in settings) return settings.models.join(', then ')
  if ('model' in settings) return settings.model
  if ('folder' in settings) return settings.folder
  if ('endpoint' in settings) return `endpoint ${settings.endpoint} in ${settings.region}`
  return `labels, in ${settings.region}`
}

/** "60 a minute, 4 at a time, 1,024 px"; nothing where there are no limits. */
export function describeLimits(limits: Limits): string {
  const { perMinute, perDay, parallel, maxSide, maxBytes, formats } = limits
  return [
    perMinute && `${number.format(perMinute)} a minute`,
    perDay && `${number.format(perDay)} a day`,
    parallel && `${number.format(parallel)} at a time`,
    maxSide && `${number.format(maxSide)} px`,
    maxBytes && `${number.format(Math.round(maxBytes / 10_000) / 100)} MB`,
    formats?.map((format) => format.replace('image/', '').toUpperCase()).join(', '),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** "$1.25 read, $10 written per million tokens". */
export function describePrice(price: Price): string {
  const { inputPerMillion, outputPerMillion, perImage } = price
  const tokens = inputPerMillion > 0 || outputPerMillion > 0
  const parts = [
    tokens &&
      `${formatDollars(inputPerMillion)} read, ${formatDollars(outputPerMillion)} written per million tokens`,
    perImage > 0 && `${formatDollars(perImage)} an image`,
  ].filter(Boolean)
  return parts.join(' · ') || '$0'
}

const number = new Intl.NumberFormat()
