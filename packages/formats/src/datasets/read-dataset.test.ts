import { symlink } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { readDataset } from './read-dataset.ts'
import { image, imagesIn, oneImageAnd, sampleFolder } from './sample-folder.ts'

test('a word for a split that we do not know makes the image unused, with a warning', async () => {
  await using folder = await sampleFolder({
    ...oneImageAnd({ file: 'b.jpg', captions: ['B'], split: 'holdout' }),
    'images/b.jpg': image,
  })
  const { images, warnings } = await readDataset(folder.path)
  expect(images.map(({ split }) => split)).toEqual(['train', 'unused'])
  expect(warnings).toMatchObject([{ what: 'b.jpg', reason: 'split-unknown' }])
})

test('without splits they are drawn from the names: by the seed, whatever else is there', async () => {
  const names = Array.from({ length: 400 }, (_, i) => `${i}.jpg`)
  const read = async (some: string[], splitSeed: number) => {
    await using folder = await sampleFolder({
      'list.csv': `image,caption\n${some.map((name) => `${name},A\n`).join('')}`,
      ...imagesIn('.', ...some),
    })
    const { images, splits } = await readDataset(folder.path, { splitSeed })
    expect(splits).toBe('hashed')
    return new Map(images.map(({ file, split }) => [file, split]))
  }
  const all = await read(names, 1)
  const count = (split: string) => [...all.values()].filter((value) => value === split).length
  expect(count('train') / 400).toBeCloseTo(0.8, 1)
  expect(count('dev') / 400).toBeCloseTo(0.1, 1)
  expect(count('test') / 400).toBeCloseTo(0.1, 1)
  const fewer = await read(names.slice(100), 1)
  for (const [file, split] of fewer) expect(all.get(file)).toBe(split)
  expect(await read(names, 2)).not.toEqual(all)
})

test('a single COCO file has no splits, whatever its name', async () => {
  await using folder = await sampleFolder({
    'captions_val2017.json': {
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [{ id: 1, image_id: 1, caption: 'A' }],
    },
    'a.jpg': image,
  })
  expect(await readDataset(folder.path)).toMatchObject({ splits: 'hashed' })
})

test('images may lie elsewhere, and links to files are files', async () => {
  await using images = await sampleFolder({ 'deep/a.jpg': image })
  await using folder = await sampleFolder({ 'list.csv': 'image,caption\nb.jpg,B\na.jpg,A\n' })
  await symlink(join(images.path, 'deep/a.jpg'), join(images.path, 'b.jpg'))
  const dataset = await readDataset(folder.path, { imageFolder: images.path })
  expect(dataset.images.map(({ path }) => relative(images.path, path))).toEqual([
    'b.jpg',
    'deep/a.jpg',
  ])
})

test('of two formats in one folder, the one that is named is read', async () => {
  await using folder = await sampleFolder({
    'captions.json': [{ file: 'a.jpg', captions: ['from JSON'] }],
    'list.csv': 'image,caption\na.jpg,from CSV\n',
    'a.jpg': image,
  })
  expect((await readDataset(folder.path)).images[0]?.captions).toEqual(['from JSON'])
  const named = await readDataset(folder.path, { format: 'csv' })
  expect(named.images[0]?.captions).toEqual(['from CSV'])
})

test.each([
  ['no dataset', { 'a.jpg': image }, {}, 'not-found', /Looked for\n {2}flickr8k: .*\n.*csv: /s],
  [
    'not the format named',
    { 'a.jpg': image },
    { format: 'coco' },
    'not-found',
    /Looked for\n {2}coco: /,
  ],
  [
    'prepared already',
    { 'dataset.json': { format: 'descry-dataset' } },
    {},
    'wrong-shape',
    /prepared/,
  ],
  ['two of Karpathy', { 'dataset_a.json': {}, 'dataset_b.json': {} }, {}, 'wrong-shape', /several/],
  [
    'CSV without captions',
    { 'a.csv': 'image,label\na,b\n' },
    {},
    'wrong-shape',
    /columns image, label/,
  ],
  ['an empty CSV', { 'a.csv': '' }, {}, 'wrong-shape', /empty/],
  ['an open quote', { 'a.csv': 'image,text\na,"b\n' }, {}, 'wrong-shape', /line 2 is never closed/],
  ['broken JSON', { 'captions.json': '[{"file' }, {}, 'invalid-json', /not JSON/],
  [
    'CSV that is not UTF-8',
    { 'a.csv': Buffer.from('image,text\na,caf\xe9\n', 'latin1') },
    {},
    'invalid-utf8',
    /Save it as UTF-8/,
  ],
] as const)(
  '%s: the folder is refused, saying why',
  async (_what, files, options, code, message) => {
    await using folder = await sampleFolder(files)
    const error = await readDataset(folder.path, options).catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      name: 'FormatError',
      code,
      message: expect.stringMatching(message),
    })
  },
)

test.each(['none', 'list.csv'])('%s is no folder, and refused', async (name) => {
  await using folder = await sampleFolder({ 'list.csv': 'image,caption\n' })
  await expect(readDataset(join(folder.path, name))).rejects.toMatchObject({ code: 'not-found' })
})
