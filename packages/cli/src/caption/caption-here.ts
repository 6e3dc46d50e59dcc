import { randomUUID } from 'node:crypto'
import {
  buildCaptioners,
  CaptionerFailure,
  type Captioners,
  chainOptions,
  createChain,
  fillPrompt,
  memoryUsage,
  planCaptioners,
  readCaptionerConfig,
  toAppError,
} from '@descry/captioners'
import { AppError, type CaptioningRules } from '@descry/contract'
import { normalizeImage } from '@descry/ml'
import type { Io } from '../command.ts'
import { readEnvironment } from '../read-environment.ts'
import { UsageError } from '../usage-error.ts'
import {
  type Captioning,
  type CaptioningOptions,
  type MadeCaption,
  noteOf,
  toCaptionOptions,
} from './captioning.ts'
import { readImageFile } from './read-image-file.ts'

/**
 * Captioners and rules of the same configuration as the server's, asked by the same chain. Limits and
 * budgets count from the start of the command, which is one job.
 */
export async function captionHere(
  options: CaptioningOptions,
  { env, stderr }: Pick<Io, 'env' | 'stderr'>,
): Promise<Captioning> {
  const config = readCaptionerConfig(readEnvironment(env))
  const { captioners: known, leftOut, rules } = await buildCaptioners(config)
  const captioners = plan(options, { known, leftOut, rules })
  const chain = createChain({
    usage: memoryUsage(),
    async onChange({ state: { status, until, lastError } }) {
      if (captioners.length > 1 || status !== 'cooling' || until === null) return // others are asked meanwhile
      const seconds = Math.ceil((Date.parse(until) - Date.now()) / 1000)
      stderr.write(`${lastError?.message} It is tried again in ${seconds} s.\n`)
    },
    onError: (error) => stderr.write(`${error instanceof Error ? error.message : error}\n`),
  })
  const { style, trigger, language, force } = options
  const prompt = fillPrompt(undefined, { style, trigger, language })
  const rulesOfRun = {
    ...chainOptions(rules, { jobId: randomUUID() }),
    hasQueue: false,
    ...{ longestWaitMs: LONGEST_WAIT_MS, longestLimitWaitMs: LONGEST_WAIT_MS },
  }

  async function caption(file: string, signal: AbortSignal): Promise<MadeCaption> {
    const bytes = await readImageFile(file, config.images, signal)
    const picture = await normalizeImage(bytes, config.images)
    const input = { ...picture, style, prompt, trigger, language, force }
    const { output, captioner, trace } = await chain.run(captioners, input, {
      ...rulesOfRun,
      organizationId: 'terminal',
      signal,
    })
    const { text, confidence = null, labels = [], ms } = output
    return { text, captioner: captioner.name, confidence, labels, ms, ...noteOf(trace) }
  }

  return {
    leftOut: options.captionerName ? [] : leftOut,
    caption: (file, signal) =>
      caption(file, signal).catch((error) => {
        throw error instanceof CaptionerFailure ? toAppError(error) : error
      }),
    async close() {
      await chain.dispose()
      await Promise.all(known.map((captioner) => captioner.dispose?.()))
    },
  }
}

/** A limit per minute begins anew until then; people who wait longer would think that it hangs. */
const LONGEST_WAIT_MS = 65_000

function plan(
  options: CaptioningOptions,
  built: { known: Captioners; leftOut: readonly string[]; rules: CaptioningRules },
): Captioners {
  const { known, leftOut, rules } = built
  try {
    return planCaptioners({
      known,
      chain: rules.chain,
      options: toCaptionOptions(options),
    }).captioners
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const message = [error.message, ...leftOut].join(' ')
    throw new UsageError(message, { command: 'caption', cause: error })
  }
}
