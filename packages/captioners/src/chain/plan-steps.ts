import { AppError, type Style } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'

/** A captioner in the order of asking. */
export type Step = {
  captioner: Captioner
  /** The configured captioner: itself, or the one it is a fallback of. Limits and costs count there. */
  configured: Captioner
  /** Why this request must not go to it. */
  skip?: string
}

type Rules = { style: Style; mayLeave?: ((captioner: Captioner) => boolean) | undefined }

/** Every captioner and, after it, its fallbacks. */
export function planSteps(
  captioners: readonly Captioner[],
  { style, mayLeave = () => true }: Rules,
): Step[] {
  requireSight(captioners)
  const findReason = (captioner: Captioner) => {
    const { styles, sendsPixelsTo } = captioner
    if (!styles.includes(style)) return `It cannot write ${style} captions.`
    if (sendsPixelsTo === null || mayLeave(captioner)) return undefined
    return `The image may not be sent to ${sendsPixelsTo}.`
  }
  return captioners.flatMap((configured) =>
    flatten([configured]).map((captioner) => {
      const skip = findReason(captioner)
      return { captioner, configured, ...(skip !== undefined && { skip }) }
    }),
  )
}

/**
 * Refuses a chain in which a captioner that cannot see would stand in for one that can: it would
 * describe an image that it was not shown.
 */
function requireSight(captioners: readonly Captioner[]): void {
  const all = flatten(captioners)
  const blind = all.find(({ sees }) => !sees)
  if (!blind || all.length === 1) return
  throw new AppError(
    'unsupported-option',
    `${blind.name} only measures pixels and never stands in for another captioner. Take it out of the chain.`,
  )
}

const flatten = (captioners: readonly Captioner[]): Captioner[] =>
  captioners.flatMap((captioner) => [captioner, ...flatten(captioner.fallbacks ?? [])])
