import type { Style } from '@descry/contract'
import { AppError } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'

/** A captioner in the order of asking. */
export type Target = {
  captioner: Captioner
  /** The step it stands for: itself, or the one it is a fallback of. Limits and costs count there. */
  step: Captioner
  /** Why this request must not go to it. */
  leftOut?: string
}

type Rules = { style: Style; mayLeave?: ((captioner: Captioner) => boolean) | undefined }

/** Every step and, after it, its fallbacks. */
export function listTargets(
  steps: readonly Captioner[],
  { style, mayLeave = () => true }: Rules,
): Target[] {
  const findReason = (captioner: Captioner) => {
    const { styles, sendsPixelsTo } = captioner
    if (!styles.includes(style)) return `It cannot write ${style} captions.`
    if (sendsPixelsTo === null || mayLeave(captioner)) return undefined
    return `The image may not be sent to ${sendsPixelsTo}.`
  }
  return steps.flatMap((step) =>
    flatten([step]).map((captioner) => {
      const leftOut = findReason(captioner)
      return { captioner, step, ...(leftOut !== undefined && { leftOut }) }
    }),
  )
}

/**
 * Refuses a chain with a captioner that cannot see: it would describe an image it was not shown. A
 * captioner is something that looks at images, so that only `basic` is to be kept out, which measures
 * pixels.
 */
export function requireSight(steps: readonly Captioner[]): void {
  const blind = flatten(steps).find(({ kind }) => kind === 'basic')
  if (!blind) return
  throw new AppError(
    'unsupported-option',
    `${blind.name} only measures pixels and never stands in for another captioner. Take it out of the chain.`,
  )
}

const flatten = (steps: readonly Captioner[]): Captioner[] =>
  steps.flatMap((step) => [step, ...flatten(step.fallbacks ?? [])])
