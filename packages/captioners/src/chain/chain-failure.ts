import { type Outcome, outcomes, type Trace } from '@descry/contract'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'

/** A captioner of the chain that gave no caption: it failed, is being left alone, or may not be asked. */
export type Miss = FailedMiss | { captioner: string; kind: 'skipped'; reason: string }

type FailedMiss = { captioner: string; kind: 'failed' | 'cooling'; failure: CaptionerFailure }

/**
 * No captioner of the chain gave a caption. The first failure is the main one, its outcome is ours, and
 * the message goes on with the others. 'skipped': there was nobody who may be asked.
 */
export class ChainFailure extends Error {
  override readonly name = 'ChainFailure'
  readonly outcome: Outcome | 'skipped'
  readonly misses: readonly Miss[]
  readonly trace: Trace

  constructor(misses: readonly Miss[], trace: Trace) {
    const main = findMain(misses)
    super(describe(main, misses), { cause: main?.failure })
    this.outcome = main?.failure.outcome ?? 'skipped'
    this.misses = misses
    this.trace = trace
  }

  /** Would the same request, made later, have a chance? */
  get retry(): boolean {
    const found = this.misses.flatMap((miss) => ('failure' in miss ? miss.failure.outcome : []))
    return found.some(isPassing) && !found.includes('over-budget')
  }

  /** The least milliseconds after which a captioner may be asked again, where that is known. */
  get retryAfterMs(): number | undefined {
    const waits = this.misses.flatMap((miss) =>
      'failure' in miss ? (miss.failure.retryAfterMs ?? []) : [],
    )
    return waits.length > 0 ? Math.min(...waits) : undefined
  }
}

const findMain = (misses: readonly Miss[]): FailedMiss | undefined =>
  misses.find(isOf('failed')) ?? misses.find(isOf('cooling'))

const isOf =
  (kind: FailedMiss['kind']) =>
  (miss: Miss): miss is FailedMiss =>
    miss.kind === kind

const isPassing = (outcome: Outcome) =>
  outcomes[outcome].retry === 'later' || outcome === 'timed-out'

function describe(main: Miss | undefined, misses: readonly Miss[]): string {
  const others = misses.filter((miss) => miss !== main)
  const opening = main ? textOf(main) : 'No captioner of the chain may be asked.'
  if (others.length === 0) return opening
  const list = others.map((miss) => `${miss.captioner}: ${textOf(miss)}`)
  return `${opening} ${main ? 'The others: ' : ''}${list.join(' ')}`
}

const textOf = (miss: Miss) => (miss.kind === 'skipped' ? miss.reason : miss.failure.message)
