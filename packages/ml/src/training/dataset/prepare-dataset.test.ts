import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashBytes } from '../../hash-bytes.ts'
import { prepareDataset } from './prepare-dataset.ts'
import { sampleDataset } from './sample-dataset.ts'

const threePictures = () =>
  sampleDataset({ 'a.png': [10, 'train'], 'b.png': [20, 'dev'], 'c.png': [30, 'test'] })

test('pixels, captions and card lie side by side, in the order of the images', async () => {
  await using sample = await threePictures()
  const card = await prepareDataset(sample.options)
  const [pixels, lines, json] = await Promise.all(
    ['pixels.rgb', 'captions.jsonl', 'dataset.json'].map((name) =>
      readFile(join(sample.options.to, name)),
    ),
  )
  expect(pixels.length).toBe(3 * 16 * 16 * 3)
  expect([0, 1, 2].map((i) => [...pixels.subarray(i * 768, i * 768 + 3)])).toEqual([
    [10, 20, 30],
    [20, 20, 30],
    [30, 20, 30],
  ])
  const hashOf = async (file: string) => hashBytes(await readFile(join(sample.path, file)))
  expect(`${lines}`.split('\n')).toEqual([
    `{"id":"a.png","file":"a.png","split":"train","captions":["red 10"],"sha256":"${await hashOf('a.png')}"}`,
    `{"id":"b.png","file":"b.png","split":"dev","captions":["red 20"],"sha256":"${await hashOf('b.png')}"}`,
    `{"id":"c.png","file":"c.png","split":"test","captions":["red 30"],"sha256":"${await hashOf('c.png')}"}`,
    '',
  ])
  expect(JSON.parse(`${json}`)).toEqual(card)
  const one = { images: 1, captions: 1 }
  expect(card).toMatchObject({
    splits: { train: one, dev: one, test: one, unused: { images: 0, captions: 0 } },
    sha256: { 'pixels.rgb': createHash('sha256').update(pixels).digest('hex') },
    leftOut: { count: 0 },
    warnings: { byReason: { 'too-few-dev-images': 1 } },
  })
})

test('the same images and options give the same bytes', async () => {
  await using sample = await threePictures()
  const read = async (to: string) => {
    await prepareDataset({ ...sample.options, to })
    const names = (await readdir(to)).sort()
    return Promise.all(names.map((name) => readFile(join(to, name), 'base64')))
  }
  expect(await read(join(sample.path, 'one'))).toEqual(await read(join(sample.path, 'deep/two')))
})

test('images that do not decode, are gone or too large are left out with their captions', async () => {
  await using sample = await threePictures()
  const [a, b, c] = sample.options.images
  await writeFile(a.path, 'no image')
  await writeFile(b.path, (await readFile(b.path)).subarray(0, 60))
  const gone = { ...c, id: 'd', file: 'd.png', path: join(sample.path, 'd.png') }
  const images = [a, b, gone, c]
  const card = await prepareDataset({ ...sample.options, images })
  expect(card.splits.train).toEqual({ images: 0, captions: 0 })
  expect(card.leftOut).toMatchObject({
    count: 3,
    byReason: { 'image-unreadable': 3 },
    items: [
      { what: 'a.png', detail: expect.stringContaining('like a text file') },
      { what: 'b.png', detail: expect.stringContaining('damaged') },
      { what: 'd.png', detail: 'The file cannot be read (ENOENT).' },
    ],
  })
  const limits = { maxBytes: 1e6, maxPixels: 100 }
  const nothing = prepareDataset({ ...sample.options, to: join(sample.path, 'x'), limits })
  await expect(nothing).rejects.toThrow(/Nothing is left.*image-unreadable/)
})

test('the same picture in two splits is a warning, in one split or unused it is none', async () => {
  await using sample = await sampleDataset({
    'a.png': [10, 'train'],
    'b.png': [10, 'train'],
    'c.png': [10, 'unused'],
    'd.png': [10, 'test'],
  })
  expect((await prepareDataset(sample.options)).warnings).toMatchObject({
    byReason: { 'same-image-in-two-splits': 1, 'too-few-dev-images': 1 },
    items: [
      { what: 'd.png', detail: 'In test, and the same picture as a.png in train.' },
      { what: 'sample' },
    ],
  })
})

test.each([
  ['one image is allowed', [10, 'train'], { 'only-one-image': 1 }],
  ['so is nothing to train on', [10, 'test'], { 'only-one-image': 1, 'nothing-to-train-on': 1 }],
] as const)('%s, with a warning', async (_what, [red, split], byReason) => {
  await using sample = await sampleDataset({ 'a.png': [red, split] })
  expect((await prepareDataset(sample.options)).warnings.byReason).toEqual(byReason)
})

test('no image at all is an error that says what became of them', async () => {
  await using sample = await sampleDataset({})
  await expect(prepareDataset(sample.options)).rejects.toThrow('it holds no captioned image.')
  const leftOut = [{ what: 'a.png', reason: 'image-not-found' }]
  await expect(prepareDataset({ ...sample.options, leftOut })).rejects.toThrow(
    'Left out: 1 × image-not-found; for example a.png.',
  )
})

test('of each reason only the first hundred are named, and all are counted', async () => {
  await using sample = await threePictures()
  const leftOut = Array.from({ length: 250 }, (_, i) => ({ what: `${i}`, reason: 'caption-empty' }))
  const card = await prepareDataset({ ...sample.options, leftOut })
  expect(card.leftOut).toMatchObject({ count: 250, byReason: { 'caption-empty': 250 } })
  expect(card.leftOut.items).toHaveLength(100)
})

test('a failure or a stop in the middle leaves no trace', async () => {
  await using sample = await threePictures()
  const before = await readdir(sample.path)
  const fail = () => {
    throw new Error('in the middle')
  }
  await expect(prepareDataset({ ...sample.options, onImage: fail })).rejects.toThrow(
    'in the middle',
  )
  const stop = new AbortController()
  const stopped = prepareDataset({
    ...sample.options,
    signal: stop.signal,
    onImage: () => stop.abort(new Error('stopped')),
  })
  await expect(stopped).rejects.toThrow('stopped')
  expect(await readdir(sample.path)).toEqual(before)
})

test('what is there is replaced only when asked for, and only a prepared dataset', async () => {
  await using sample = await threePictures()
  const { options } = sample
  await prepareDataset(options)
  await expect(prepareDataset(options)).rejects.toThrow(/out is there already.*--replace/)
  const [first] = options.images
  const smaller = await prepareDataset({ ...options, images: [first], replace: true })
  expect(smaller.splits.dev.images).toBe(0)
  expect((await readdir(sample.path)).sort()).toEqual(['a.png', 'b.png', 'c.png', 'out'])

  const photos = join(sample.path, 'photos')
  await mkdir(photos)
  await writeFile(join(photos, 'a.txt'), 'mine')
  const wrong = prepareDataset({ ...options, to: photos, replace: true })
  await expect(wrong).rejects.toThrow('is no prepared dataset')
  expect(await readdir(photos)).toEqual(['a.txt'])
})

test('a failure while replacing leaves what was there', async () => {
  await using sample = await threePictures()
  const { options } = sample
  const card = await prepareDataset(options)
  const onImage = () => {
    throw new Error('in the middle')
  }
  await expect(prepareDataset({ ...options, replace: true, onImage })).rejects.toThrow('middle')
  expect(JSON.parse(await readFile(join(options.to, 'dataset.json'), 'utf8'))).toEqual(card)
})

test('more than the disk holds is refused before anything is decoded', async () => {
  await using sample = await threePictures()
  let decoded = 0
  const huge = prepareDataset({ ...sample.options, imageSize: 1e8, onImage: () => decoded++ })
  await expect(huge).rejects.toThrow(/needs \d+ MB, and \d+ MB are free there/)
  expect(decoded).toBe(0)
})
