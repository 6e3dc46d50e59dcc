import {
  AppError,
  buildCaptioners,
  type Captioner,
  type Config,
  readConfig,
  readEnvironment,
  selectCaptioner,
} from '@descry/server'
import { UsageError } from '../usage-error.ts'
import type { CaptionOptions } from './read-caption-options.ts'

/** The captioner asked for, from the same configuration as the server's; and the limits for images. */
export function chooseCaptioner({
  captionerName,
  style,
}: Pick<CaptionOptions, 'captionerName' | 'style'>): {
  captioner: Captioner
  limits: Config['images']
} {
  const config = readConfig(readEnvironment())
  try {
    const wish = { name: captionerName, styles: [style] }
    return { captioner: selectCaptioner(buildCaptioners(config), wish), limits: config.images }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new UsageError(error.message, { command: 'caption', cause: error })
  }
}
