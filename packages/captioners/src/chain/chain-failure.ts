import { AppError, type Outcome, outcomes, type Trace } from '@descry/contract'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'

/** A captioner of the chain that gave no caption: it failed, is in its cooldown, or may not be asked. */
export type Miss = FailedMiss | { captioner: string; kind: 'skipped'; reason: string }

type FailedMiss = { captioner: string; kind: 'failed' | 'cooling'; failure: CaptionerFailure }

/**
 * No captioner of the chain gave a caption. The first failure is the main one: its outcome counts, and
 * the message goes on with the others. Where nobody may be asked, the request is what is wrong.
 */
export function chainFailure(misses: readonly Miss[], trace: Trace): CaptionerFailure | AppError {
  const main = misses.find(isOf('failed')) ?? misses.find(isOf('cooling'))
  const message = describe(main, misses)
  if (!main) {
    const details = { outcome: 'skipped', trace }
    return new AppError('not-allowed-to-leave', message, { details })
  }
  const failures = misses.flatMap((miss) => ('failure' in miss ? miss.failure : []))
  return new CaptionerFailure(main.failure.outcome, message, {
    cause: main.failure,
    retryAfterMs: findShortestWait(failures),
    chain: { trace, retry: hasChance(failures) },
  })
}

const isOf =
  (kind: FailedMiss['kind']) =>
  (miss: Miss): miss is FailedMiss =>
    miss.kind === kind

/** Would the same request, made later, have a chance? */
const hasChance = (failures: readonly CaptionerFailure[]) =>
  failures.some(({ outcome }) => isPassing(outcome)) &&
  !failures.some(({ outcome }) => outcome === 'over-budget')

const isPassing = (outcome: Outcome) =>
  outcomes[outcome].retry === 'later' || outcome === 'timed-out'

/** The least milliseconds after which a captioner may be asked again, where that is known. */
function findShortestWait(failures: readonly CaptionerFailure[]): number | undefined {
  const waits = failures.flatMap(({ retryAfterMs }) => retryAfterMs ?? [])
  return waits.length > 0 ? Math.min(...waits) : undefined
}

function describe(main: Miss | undefined, misses: readonly Miss[]): string {
  const others = misses.filter((miss) => miss !== main && !isToldBy(main, miss))
  const opening = main ? textOf(main) : 'No captioner of the chain may be asked.'
  if (others.length === 0) return opening
  const list = others.map((miss) => {
    const text = textOf(miss)
    return text.startsWith(`${miss.captioner} `) ? text : `${miss.captioner}: ${text}`
  })
  return `${opening} ${main ? 'The others: ' : ''}${list.join(' ')}`
}

/** That it is left alone for the failure that was just told. */
const isToldBy = (main: Miss | undefined, { captioner, kind }: Miss) =>
  kind === 'cooling' && captioner === main?.captioner

const textOf = (miss: Miss) => (miss.kind === 'skipped' ? miss.reason : miss.failure.message)
