import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type Fault,
  MODEL,
  modelBytes,
  openSampleHub,
  sampleRepository,
  sha256,
} from '../../test/fake-hub.ts'
import { downloadPart } from './download-part.ts'

const size = modelBytes.length
const cut = (after: number): Fault => ({ kind: 'cut', after })

/** Fills a part that has `begun` bytes already, while the hub has these faults. */
async function fill(begun: Buffer, faults: Fault[], more: { stallTimeoutMs?: number } = {}) {
  const sample = await openSampleHub()
  sample.hub.faults.push(...faults)
  const part = join(sample.settings.folder, 'x.part')
  await mkdir(sample.settings.folder, { recursive: true })
  await writeFile(part, begun)
  const sizes: number[] = []
  const run = (signal = new AbortController().signal) =>
    downloadPart(Object.assign(sample.settings, more), {
      repository: 'owner/name',
      commit: sampleRepository.commit,
      file: { path: MODEL, size, sha256: sha256(modelBytes), gitSha1: null },
      part,
      signal,
      onSize: (count) => sizes.push(count),
    })
  const ranges = () =>
    sample.hub.requests.filter(({ host }) => host === 'cdn').map(({ headers }) => headers.range)
  const dispose = () => sample[Symbol.asyncDispose]()
  return { ...sample, part, run, ranges, sizes, [Symbol.asyncDispose]: dispose }
}

test('a broken connection is taken up where it broke', async () => {
  await using filling = await fill(Buffer.alloc(0), [cut(100_000), cut(200_000)])
  await filling.run()
  expect(await readFile(filling.part)).toEqual(modelBytes)
  const begins = filling.ranges().map((range) => Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0))
  // The last bytes before a break may be lost on the way: what counts is what came.
  expect(begins).toEqual([
    0,
    expect.toSatisfy(isOn(50_000, 100_000)),
    expect.toSatisfy(isOn(150_000, 200_000)),
  ])
  expect(filling.sizes).toEqual(expect.arrayContaining(begins.slice(1)))
  expect(filling.waits).toEqual([500, 2000])
  expect(filling.sizes).toEqual(filling.sizes.toSorted((a, b) => a - b))
})

const isOn = (from: number, to: number) => (begin: number) => begin >= from && begin <= to

test('what is on the disk from another day is not asked for again', async () => {
  await using filling = await fill(modelBytes.subarray(0, 250_000), [])
  await filling.run()
  expect(await readFile(filling.part)).toEqual(modelBytes)
  expect(filling.ranges()).toEqual(['bytes=250000-'])
})

test('a part that has everything is not asked for', async () => {
  await using filling = await fill(modelBytes, [])
  await filling.run()
  expect(filling.hub.requests).toEqual([])
})

test.each<[string, Fault[]]>([
  ['knows no ranges', [{ kind: 'no-ranges' }]],
  ['has another tag than before', [cut(100_000), { kind: 'etag', etag: '"new"' }]],
])('a server that %s starts over', async (_case, faults) => {
  await using filling = await fill(modelBytes.subarray(0, 10), faults)
  await filling.run()
  expect(await readFile(filling.part)).toEqual(modelBytes)
  expect(filling.sizes).toContain(0)
})

test('a tag that was seen goes along, a weak one does not', async () => {
  await using filling = await fill(Buffer.alloc(0), [
    { kind: 'cut', after: 1000 },
    { kind: 'cut', after: 2000 },
  ])
  await filling.run()
  const tags = filling.hub.requests.map(({ headers }) => headers['if-range'])
  expect(tags.at(-1)).toBe(`"${sha256(modelBytes)}"`)
  expect(tags[0]).toBeUndefined()
})

test('a part that is longer than the file is begun anew', async () => {
  await using filling = await fill(Buffer.alloc(size + 5), [])
  await filling.run()
  expect(await readFile(filling.part)).toEqual(modelBytes)
})

test('a range that the server cannot give is begun anew', async () => {
  const refusal = { kind: 'status', status: 416 } as const
  await using filling = await fill(modelBytes.subarray(0, 10), [refusal])
  await filling.run()
  expect(filling.ranges()).toEqual(['bytes=10-', undefined])
  expect(await readFile(filling.part)).toEqual(modelBytes)
})

test('a hub that is busy is waited for as long as it asks', async () => {
  await using filling = await fill(Buffer.alloc(0), [
    { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
    { kind: 'status', status: 503 },
  ])
  await filling.run()
  expect(filling.waits).toEqual([3000, 2000])
})

test('a connection that breaks for the third time is said, and the part stays', async () => {
  await using filling = await fill(Buffer.alloc(0), [cut(1000), cut(2000), cut(3000)])
  await expect(filling.run()).rejects.toMatchObject({ code: 'unreachable' })
  expect((await stat(filling.part)).size).toBe(3000)
})

test('a server that falls silent is left, and asked again', async () => {
  await using filling = await fill(Buffer.alloc(0), [{ kind: 'silence' }], { stallTimeoutMs: 1000 })
  await filling.run()
  expect(filling.waits).toEqual([500])
})

test.each<[string, Fault]>([
  ['a page of a proxy', { kind: 'other-bytes', bytes: Buffer.from('<html>Log in</html>') }],
  ['a longer file', { kind: 'other-bytes', bytes: Buffer.alloc(size + 1) }],
])('%s instead of the file is refused, and the part stays', async (_case, fault) => {
  await using filling = await fill(modelBytes.subarray(0, 10), [fault])
  await expect(filling.run()).rejects.toMatchObject({ code: 'bad-answer' })
  expect((await stat(filling.part)).size).toBe(10)
})

test('the token goes to the hub, and not to the CDN', async () => {
  await using filling = await fill(Buffer.alloc(0), [])
  filling.settings.token = 'not-even-hf'
  await filling.run()
  const seen = filling.hub.requests.map(({ host, headers }) => [host, headers.authorization])
  expect(seen).toEqual([
    ['hub', 'Bearer not-even-hf'],
    ['cdn', undefined],
  ])
})

test('an abort ends a download that stands still, with its reason', async () => {
  await using filling = await fill(Buffer.alloc(0), [{ kind: 'silence' }])
  const controller = new AbortController()
  const reason = new Error('enough')
  const running = filling.run(controller.signal)
  setTimeout(() => controller.abort(reason), 100)
  await expect(running).rejects.toBe(reason)
})
