import { RuntimeFailure } from '../runtime/runtime-failure.ts'

/** Captions pictures together, one result for each. */
export type BatchCaptioner<Image, Result> = {
  caption(pictures: readonly Image[]): Promise<readonly Result[]>
  dispose(): Promise<void>
}

export type SingleCaptioner<Image, Result> = {
  /** Rejects as soon as `signal` aborts; a picture that waits then is not captioned. */
  caption(picture: Image, signal: AbortSignal): Promise<Result>
  /** Refuses new pictures, captions those that were given before, and disposes the captioner. */
  dispose(): Promise<void>
}

export type BatchOptions = {
  maxBatch: number
  /** Fewer than this are captioned one by one: where few cost as much as `maxBatch`. Default 2. */
  minBatch?: number
}

type Pending<Image, Result> = PromiseWithResolvers<Result> & { picture: Image }

/**
 * Gathers what is asked for at the same time: a picture that finds the captioner idle is captioned at
 * once; those that come meanwhile wait and are its next batches, `maxBatch` in each. A batch that fails is
 * the failure of its pictures only.
 */
export function batchCaptions<Image, Result>(
  captioner: BatchCaptioner<Image, Result>,
  { maxBatch, minBatch = 2 }: BatchOptions,
): SingleCaptioner<Image, Result> {
  const pending = new Set<Pending<Image, Result>>()
  let running: Promise<void> | undefined
  let disposed: Promise<void> | undefined

  return {
    async caption(picture, signal) {
      signal.throwIfAborted()
      if (disposed) throw new RuntimeFailure('disposed', 'The captioner was disposed before.')
      const one = { picture, ...Promise.withResolvers<Result>() }
      const leave = () => {
        pending.delete(one)
        one.reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      pending.add(one)
      running ??= runBatches()
      try {
        return await one.promise
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
    dispose() {
      disposed ??= Promise.resolve(running).then(() => captioner.dispose())
      return disposed
    },
  }

  async function runBatches(): Promise<void> {
    while (pending.size > 0) {
      const batch = [...pending].slice(0, pending.size < minBatch ? 1 : maxBatch)
      for (const one of batch) pending.delete(one)
      await captionBatch(captioner, batch)
    }
    running = undefined
  }
}

async function captionBatch<Image, Result>(
  captioner: BatchCaptioner<Image, Result>,
  batch: readonly Pending<Image, Result>[],
): Promise<void> {
  try {
    const results = await captioner.caption(batch.map(({ picture }) => picture))
    for (const [i, { resolve }] of batch.entries()) resolve(results[i]!)
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
