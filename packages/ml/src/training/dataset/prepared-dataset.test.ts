import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareDataset } from './prepare-dataset.ts'
import { openPreparedDataset } from './prepared-dataset.ts'
import { sampleDataset } from './sample-dataset.ts'

async function preparedSample() {
  const sample = await sampleDataset({ 'a.png': [10, 'train'], 'b.png': [200, 'dev'] })
  await prepareDataset(sample.options)
  return { ...sample, folder: sample.options.to }
}

test('what was prepared can be read, image by image, in any order', async () => {
  await using sample = await preparedSample()
  const dataset = await openPreparedDataset(sample.folder, { verify: true })
  expect(dataset).toMatchObject({ imageSize: 16, folder: sample.folder, card: { name: 'sample' } })
  expect(dataset.images).toMatchObject([
    { id: 'a.png', file: 'a.png', split: 'train', captions: ['red 10'], index: 0 },
    { id: 'b.png', file: 'b.png', split: 'dev', captions: ['red 200'], index: 1 },
  ])
  const pixels = new Uint8Array(16 * 16 * 3)
  for (const [index, red] of [
    [1, 200],
    [0, 10],
  ]) {
    dataset.readPixels(index, pixels)
    expect([...pixels.subarray(0, 3), ...pixels.subarray(-3)]).toEqual([red, 20, 30, red, 20, 30])
  }
  dataset.close()
  dataset.close()
  expect(() => dataset.readPixels(0, pixels)).toThrow('is closed')
})

test('an index or a buffer that does not fit is refused', async () => {
  await using sample = await preparedSample()
  const dataset = await openPreparedDataset(sample.folder)
  expect(() => dataset.readPixels(2, new Uint8Array(768))).toThrow('There is no image 2')
  expect(() => dataset.readPixels(0, new Uint8Array(767))).toThrow('767 bytes instead of 768')
  await truncate(join(sample.folder, 'pixels.rgb'), 800)
  expect(() => dataset.readPixels(1, new Uint8Array(768))).toThrow('became shorter while in use')
  dataset.close()
})

const edit = (name: string, change: (text: string) => string) => async (folder: string) => {
  const path = join(folder, name)
  await writeFile(path, change(await readFile(path, 'latin1')), 'latin1')
}

test.each([
  ['no folder', (folder: string) => rm(folder, { recursive: true }), /There is no .*dataset\.json/],
  ['no pixels', (folder: string) => rm(join(folder, 'pixels.rgb')), /There is no .*pixels\.rgb/],
  [
    'truncated pixels',
    edit('pixels.rgb', (text) => text.slice(1)),
    /1535 bytes instead of 1536 \(2 images of 16 × 16/,
  ],
  ['pixels too many', edit('pixels.rgb', (text) => `${text}x`), /1537 bytes instead of 1536/],
  [
    'a card of another kind',
    edit('dataset.json', () => '{"format": "other"}'),
    /not the card of a prepared dataset/,
  ],
  ['a card that is not JSON', edit('dataset.json', () => '{'), /dataset\.json is not JSON/],
  [
    'a later version',
    edit('dataset.json', (text) => text.replace('"version": 1', '"version": 2')),
    /of version 2, and this Descry reads version 1/,
  ],
  [
    'a damaged card',
    edit('dataset.json', (text) => text.replace('"imageSize": 16', '"imageSize": 0')),
    /is damaged: imageSize/,
  ],
  [
    'a caption line less',
    edit('captions.jsonl', (text) => text.replace(/^.*\n/, '')),
    /has 1 images, and the card says 2/,
  ],
  [
    'a truncated caption line',
    edit('captions.jsonl', (text) => text.slice(0, -5)),
    /ends in the middle of a line/,
  ],
  [
    'a damaged caption line',
    edit('captions.jsonl', (text) => text.replace('dev', 'Dev')),
    /Line 2 of .*damaged: split/,
  ],
])('%s: refused, saying so and what to do', async (_what, damage, message) => {
  await using sample = await preparedSample()
  await damage(sample.folder)
  const error = await openPreparedDataset(sample.folder).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ name: 'DataError', message: expect.stringMatching(message) })
  expect((error as Error).message).toContain('descry data prepare')
})

test('changed bytes are found when asked to verify', async () => {
  await using sample = await preparedSample()
  await edit('pixels.rgb', (text) => `x${text.slice(1)}`)(sample.folder)
  const dataset = await openPreparedDataset(sample.folder)
  dataset.close()
  await expect(openPreparedDataset(sample.folder, { verify: true })).rejects.toThrow('SHA-256')
})
