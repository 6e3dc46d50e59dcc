import { findSharedSidecars, listImages } from '@descry/formats'
import type { Io } from '../command.ts'
import { isStopReason, stoppedExitCodes } from '../stop-signal.ts'
import { captionFile, type Settings } from './caption-file.ts'
import { type FailedFile, toFailedFile } from './failed-file.ts'
import { lineWriter } from './line-writer.ts'
import { mapInOrder } from './map-in-order.ts'
import { startProgress } from './progress.ts'
import type { CaptionCommandOptions } from './read-caption-options.ts'
import { resultPrinter } from './result-printer.ts'

type Batch = Settings & Pick<CaptionCommandOptions, 'paths' | 'json' | 'parallel'>

/** Captions everything the paths stand for; prints results in their order, as soon as they can be. */
export async function captionBatch(batch: Batch, io: Io, stop: AbortSignal): Promise<number> {
  const { images, errors } = await listImages(batch.paths)
  const output = lineWriter(io.stdout)
  const signal = AbortSignal.any([stop, output.closed])
  const isSingle = batch.paths.length === 1 && images[0] === batch.paths[0]
  const progress = startProgress(io.stderr, images.length)
  const printer = resultPrinter({ json: batch.json, isSingle, output, progress, stderr: io.stderr })

  for (const error of errors) await printer.print(toFailedFile(error.path, error))
  const work = workOf(batch, images, signal)
  const results = mapInOrder(images, { parallel: batch.parallel, signal }, async (image) => {
    const result = await work(image)
    if (result) progress.advance()
    return result
  })
  for await (const result of results) await printer.print(result)
  if (output.closed.aborted) return 0 // nobody is left to tell
  printer.finish({ total: images.length + errors.length, stopped: stop.aborted })
  if (isStopReason(stop.reason)) return stoppedExitCodes[stop.reason]
  return printer.failed > 0 ? 1 : 0
}

/** Nothing comes back for an image whose captioning was stopped: it neither succeeded nor failed. */
function workOf(batch: Batch, images: readonly string[], signal: AbortSignal) {
  const refused = batch.writeText ? findSharedSidecars(images) : new Map<string, never>()
  return async (image: string) => {
    const refusal = refused.get(image)
    if (refusal) return toFailedFile(image, refusal)
    return captionFile(image, batch, signal).catch((error: unknown): FailedFile | undefined =>
      signal.aborted ? undefined : toFailedFile(image, error),
    )
  }
}
