import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backbone } from '../../backbone/inspect-backbone.ts'
import { runBackbone } from '../../backbone/run-backbone.ts'
import { toFloat16 } from '../../graph/float16.ts'
import type { RunGraph } from '../../models/create-step.ts'
import { type FeatureStore, featureBytes, openFeatureStore } from './feature-store.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import { findFileSize } from './random-access-file.ts'

export type CacheOptions = {
  run: RunGraph
  signal?: AbortSignal | undefined
  /** `done` of `total` pictures are computed. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/**
 * What a backbone makes of all pictures of a dataset, computed once and kept in the dataset's folder as
 * float16. An interrupted run continues where it stopped. Two at once write the same bytes to the same places.
 */
export async function cacheFeatures(
  data: PreparedDataset,
  { card }: Pick<Backbone, 'card'>,
  { run, signal, onProgress }: CacheOptions,
): Promise<FeatureStore> {
  const folder = join(data.folder, 'features')
  const id = `${card.sha256.slice(0, 16)}-${data.card.sha256['pixels.rgb'].slice(0, 16)}`
  const path = join(folder, `${id}.f16`)
  const images = data.images.length
  if (!(await findFileSize(path))) {
    await mkdir(folder, { recursive: true })
    const part = `${path}.part`
    await fill(part, data, { card, run, signal, onProgress })
    await rename(part, path).catch(async (error) => {
      if (!(await findFileSize(path))) throw error // another run was first
    })
  }
  return openFeatureStore(path, { id, images, tokens: card.tokens, channels: card.channels })
}

async function fill(
  part: string,
  { images, imageSize: square, readPixels }: PreparedDataset,
  { card, run, signal, onProgress }: CacheOptions & Pick<Backbone, 'card'>,
): Promise<void> {
  const length = featureBytes(card)
  const total = images.length
  await using file = await open(part, (await findFileSize(part)) === undefined ? 'w' : 'r+')
  let done = Math.min(total, Math.floor(((await findFileSize(part)) ?? 0) / length))
  while (done < total) {
    signal?.throwIfAborted()
    const some = images.slice(done, done + BATCH_SIZE).map(({ index }) => {
      const pixels = new Uint8Array(square * square * 3)
      readPixels(index, pixels)
      return pixels
    })
    const features = await runBackbone(some, { card, run, square })
    const halves = toFloat16(features)
    await file.write(new Uint8Array(halves.buffer), { position: done * length })
    done += some.length
    onProgress?.({ done, total })
  }
  await file.sync()
}

const BATCH_SIZE = 8
