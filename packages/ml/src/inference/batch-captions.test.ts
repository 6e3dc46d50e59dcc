import { expect, test } from 'vitest'
import { batchCaptions } from './batch-captions.ts'

const never = new AbortController().signal

/** A captioner whose batches end when they are told to. */
function fakeCaptioner() {
  const batches: { pictures: readonly string[]; end: PromiseWithResolvers<void> }[] = []
  let disposed = false
  return {
    get sizes() {
      return batches.map(({ pictures }) => pictures.length)
    },
    get disposed() {
      return disposed
    },
    async caption(pictures: readonly string[]) {
      const end = Promise.withResolvers<void>()
      batches.push({ pictures, end })
      await end.promise
      return pictures.map((picture) => `caption of ${picture}`)
    },
    async dispose() {
      disposed = true
    },
    async end(batch: number, error?: Error) {
      if (error) batches[batch]!.end.reject(error)
      else batches[batch]!.end.resolve()
      await new Promise(setImmediate)
    },
  }
}

test('an idle captioner begins at once; what comes meanwhile is captioned together', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 32 })
  const all = Promise.all(['a', 'b', 'c'].map((picture) => caption(picture, never)))
  expect(fake.sizes).toEqual([1])
  await fake.end(0)
  expect(fake.sizes).toEqual([1, 2])
  await fake.end(1)
  expect(await all).toEqual(['caption of a', 'caption of b', 'caption of c'])
})

test('a batch has at most so many pictures, the first come first', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 2 })
  const done: string[] = []
  for (const picture of ['a', 'b', 'c', 'd']) {
    void caption(picture, never).then(() => done.push(picture))
  }
  await fake.end(0)
  await fake.end(1)
  expect(done).toEqual(['a', 'b', 'c'])
  await fake.end(2)
  expect(fake.sizes).toEqual([1, 2, 1])
})

test('where few cost as much as many, few are captioned one by one', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 4, minBatch: 3 })
  for (const picture of ['a', 'b', 'c', 'd', 'e', 'f']) void caption(picture, never)
  for (let batch = 0; batch < 3; batch++) await fake.end(batch)
  expect(fake.sizes).toEqual([1, 4, 1])
  for (const picture of ['g', 'h']) void caption(picture, never)
  for (let batch = 3; batch < 5; batch++) await fake.end(batch)
  expect(fake.sizes).toEqual([1, 4, 1, 1, 1])
})

test('when all is done the next picture begins at once again', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 2 })
  const first = caption('a', never)
  await fake.end(0)
  await first
  void caption('b', never)
  expect(fake.sizes).toEqual([1, 1])
})

test('a batch that fails fails its pictures, and no others', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 2 })
  const results = Promise.allSettled(['a', 'b', 'c', 'd'].map((one) => caption(one, never)))
  await fake.end(0)
  await fake.end(1, new Error('broken'))
  await fake.end(2)
  expect((await results).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ])
})

test('who stops waiting hears so at once, and takes no place in a batch', async () => {
  const fake = fakeCaptioner()
  const { caption } = batchCaptions(fake, { maxBatch: 32 })
  const [running, queued] = [new AbortController(), new AbortController()]
  const first = caption('a', running.signal)
  const second = caption('b', queued.signal)
  const third = caption('c', never)
  queued.abort(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
  running.abort(new Error('gone, too'))
  await expect(first).rejects.toThrow('gone, too')
  await fake.end(0)
  expect(fake.sizes).toEqual([1, 1])
  await fake.end(1)
  expect(await third).toBe('caption of c')
  await expect(caption('d', AbortSignal.abort())).rejects.toThrow()
})

test('disposed, it finishes what it was given and refuses what is new', async () => {
  const fake = fakeCaptioner()
  const { caption, dispose } = batchCaptions(fake, { maxBatch: 32 })
  const given = Promise.all([caption('a', never), caption('b', never)])
  const ended = Promise.all([dispose(), dispose()])
  await expect(caption('c', never)).rejects.toMatchObject({ code: 'disposed' })
  await fake.end(0)
  expect(fake.disposed).toBe(false)
  await fake.end(1)
  expect(await given).toHaveLength(2)
  await ended
  expect(fake.disposed).toBe(true)
})
