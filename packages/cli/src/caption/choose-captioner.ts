import { buildCaptioners, type Captioner, selectCaptioner } from '@descry/captioners'
import { AppError } from '@descry/contract'
import { type Config, readConfig, readEnvironment } from '@descry/server'
import type { Io } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import type { CaptionCommandOptions } from './read-caption-options.ts'

type Chosen = {
  captioner: Captioner
  limits: Config['images']
  /** Why the one that would have been chosen is not there, if nobody was asked for by name. */
  leftOut: readonly string[]
}

/** The captioner asked for, from the same configuration as the server's; and the limits for images. */
export async function chooseCaptioner(
  { captionerName, style }: Pick<CaptionCommandOptions, 'captionerName' | 'style'>,
  { env }: Pick<Io, 'env'>,
): Promise<Chosen> {
  const config = readConfig(readEnvironment(env))
  const { captioners, leftOut } = await buildCaptioners(config)
  try {
    const captioner = selectCaptioner(captioners, { name: captionerName, styles: [style] })
    return { captioner, limits: config.images, leftOut: captionerName ? [] : leftOut }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const message = [error.message, ...leftOut].join(' ')
    throw new UsageError(message, { command: 'caption', cause: error })
  }
}
