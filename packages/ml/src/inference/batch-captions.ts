import { RuntimeFailure } from '../runtime/runtime-failure.ts'

/** Captions pictures together, one result for each. */
export type BatchCaptioner<Picture, Result> = {
  caption(pictures: readonly Picture[]): Promise<readonly Result[]>
  dispose(): Promise<void>
}

export type SingleCaptioner<Picture, Result> = {
  /** Rejects as soon as `signal` aborts; a picture that waits then is not captioned. */
  caption(picture: Picture, signal: AbortSignal): Promise<Result>
  /** Refuses new pictures, captions those that were given before, and disposes the captioner. */
  dispose(): Promise<void>
}

export type BatchOptions = {
  most: number
  /** Fewer than this are captioned one by one: where few cost as much as `most`. Default 2. */
  least?: number
}

type Waiting<Picture, Result> = PromiseWithResolvers<Result> & { picture: Picture }

/**
 * Gathers what is asked for at the same time: a picture that finds the captioner idle is captioned at
 * once; those that come meanwhile wait and are its next batches, `most` in each. A batch that fails is
 * the failure of its pictures only.
 */
export function batchCaptions<Picture, Result>(
  captioner: BatchCaptioner<Picture, Result>,
  { most, least = 2 }: BatchOptions,
): SingleCaptioner<Picture, Result> {
  const waiting = new Set<Waiting<Picture, Result>>()
  let working: Promise<void> | undefined
  let disposed: Promise<void> | undefined

  return {
    async caption(picture, signal) {
      signal.throwIfAborted()
      if (disposed) throw new RuntimeFailure('disposed', 'The captioner was disposed before.')
      const one = { picture, ...Promise.withResolvers<Result>() }
      const leave = () => {
        waiting.delete(one)
        one.reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.add(one)
      working ??= work()
      try {
        return await one.promise
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
    dispose() {
      disposed ??= Promise.resolve(working).then(() => captioner.dispose())
      return disposed
    },
  }

  async function work(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, waiting.size < least ? 1 : most)
      for (const one of batch) waiting.delete(one)
      await captionTogether(captioner, batch)
    }
    working = undefined
  }
}

async function captionTogether<Picture, Result>(
  captioner: BatchCaptioner<Picture, Result>,
  batch: readonly Waiting<Picture, Result>[],
): Promise<void> {
  try {
    const results = await captioner.caption(batch.map(({ picture }) => picture))
    for (const [i, { resolve }] of batch.entries()) resolve(results[i]!)
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
