import type { CaptionerSettings, Limits, Price } from '@descry/contract'
import { formatDollars, formatNumber } from '../../../lib/format.ts'

/** Which models are asked, in order. */
export function describeModels(settings: CaptionerSettings): string {
  if ('models' in settings) return settings.models.join(', then ')
  if ('model' in settings) return settings.model
  if ('folder' in settings) return settings.folder
  if ('endpoint' in settings) return `endpoint ${settings.endpoint} in ${settings.region}`
  return `labels, in ${settings.region}`
}

/** "60 per minute · 4 at a time · 1,024 px"; empty where there are no limits. */
export function describeLimits(limits: Limits): string {
  const { perMinute, perDay, parallel, maxSide, maxBytes, formats } = limits
  return [
    perMinute && `${formatNumber(perMinute)} per minute`,
    perDay && `${formatNumber(perDay)} per day`,
    parallel && `${formatNumber(parallel)} at a time`,
    maxSide && `${formatNumber(maxSide)} px`,
    maxBytes && formatMegabytes(maxBytes),
    formats?.map((format) => format.replace('image/', '').toUpperCase()).join(', '),
  ]
    .filter(Boolean)
    .join(' · ')
}

const formatMegabytes = (bytes: number) => `${formatNumber(Math.round(bytes / 10_000) / 100)} MB`

/** "$1.25 in, $10 out per million tokens · $0.001 per image". */
export function describePrice(price: Price): string {
  const { inputPerMillion, outputPerMillion, perImage } = price
  const hasTokenPrice = inputPerMillion > 0 || outputPerMillion > 0
  const parts = [
    hasTokenPrice &&
      `${formatDollars(inputPerMillion)} in, ${formatDollars(outputPerMillion)} out per million tokens`,
    perImage > 0 && `${formatDollars(perImage)} per image`,
  ].filter(Boolean)
  return parts.join(' · ') || '$0'
}
