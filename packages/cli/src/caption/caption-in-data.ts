import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { openCaptions, readConfig } from '@descry/server'
import type { Io } from '../command.ts'
import { readEnvironment } from '../read-environment.ts'
import { UsageError } from '../usage-error.ts'
import { type Captioning, type CaptioningOptions, toCaptionOptions, toMade } from './captioning.ts'
import { readImageFile } from './read-image-file.ts'

/**
 * The captioners that were set up in a data folder, with their limits and budgets, whether a server runs
 * on it or not. Images and captions are stored there.
 */
export async function captionInData(
  folder: string,
  options: CaptioningOptions,
  { env, stderr }: Pick<Io, 'env' | 'stderr'>,
): Promise<Captioning> {
  if (!existsSync(folder)) {
    const message = `There is no data folder ${folder}. Name the one that Descry was started with.`
    throw new UsageError(message, { command: 'caption' })
  }
  const config = readConfig({ ...readEnvironment(env), DESCRY_DATA: folder })
  const onError = (error: unknown) => {
    stderr.write(`${error instanceof Error ? error.message : error}\n`)
  }
  const captions = await openCaptions(config, { onError })

  return {
    leftOut: [],
    async caption(file, signal) {
      const bytes = await readImageFile(file, config.images, signal)
      const request = { bytes, name: basename(file), options: toCaptionOptions(options) }
      return toMade(await captions.caption(request, signal))
    },
    close: captions.close,
  }
}
