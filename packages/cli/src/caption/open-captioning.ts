import { randomUUID } from 'node:crypto'
import {
  buildCaptioners,
  type CaptionerConfig,
  type Captioners,
  type ChainInput,
  type ChainResult,
  chainOptions,
  createChain,
  memoryUsage,
  planCaptioners,
  readCaptionerConfig,
} from '@descry/captioners'
import { AppError, type CaptioningRules } from '@descry/contract'
import type { Io } from '../command.ts'
import { readEnvironment } from '../read-environment.ts'
import { UsageError } from '../usage-error.ts'
import type { CaptionCommandOptions } from './read-caption-options.ts'

export type Captioning = {
  limits: CaptionerConfig['images']
  /** Why one that would have been asked is not there, if nobody was asked for by name. */
  leftOut: readonly string[]
  caption(input: ChainInput, signal: AbortSignal): Promise<ChainResult>
  close(): Promise<void>
}

type Options = Pick<CaptionCommandOptions, 'captionerName' | 'style' | 'trigger' | 'language'>

/**
 * Captioners and rules of the same configuration as the server's, asked by the same chain. Limits and
 * budgets count from the start of the command, which is one job.
 */
export async function openCaptioning(
  options: Options,
  { env, stderr }: Pick<Io, 'env' | 'stderr'>,
): Promise<Captioning> {
  const config = readCaptionerConfig(readEnvironment(env))
  const { captioners: known, leftOut, rules } = await buildCaptioners(config)
  const captioners = plan(options, { known, leftOut, rules })
  const chain = createChain({
    usage: memoryUsage(),
    onError: (error) => stderr.write(`${error instanceof Error ? error.message : error}\n`),
  })
  const jobId = randomUUID()

  return {
    limits: config.images,
    leftOut: options.captionerName ? [] : leftOut,
    caption: (input, signal) =>
      chain.run(captioners, input, {
        ...chainOptions(rules, { jobId }),
        organizationId: 'terminal',
        signal,
      }),
    async close() {
      await chain.dispose()
      await Promise.all(known.map((captioner) => captioner.dispose?.()))
    },
  }
}

function plan(
  { captionerName, style, trigger, language }: Options,
  built: { known: Captioners; leftOut: readonly string[]; rules: CaptioningRules },
): Captioners {
  const { known, leftOut, rules } = built
  const options = { captioner: captionerName, styles: [style], trigger, language, fresh: false }
  try {
    return planCaptioners({ known, chain: rules.chain, options }).captioners
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const message = [error.message, ...leftOut].join(' ')
    throw new UsageError(message, { command: 'caption', cause: error })
  }
}
