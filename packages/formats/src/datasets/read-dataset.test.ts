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

test('columns and what is between them can be named', async () => {
  await using folder = await sampleFolder({
    'captions.json': [{ file: 'a.jpg', captions: ['from JSON'] }],
    'list.csv': 'photo#caption#in English\na.jpg#Ein Hund#A dog\n',
    'a.jpg': image,
  })
  const table = { imageColumn: 'photo', captionColumn: 'in English', delimiter: '#' }
  expect((await readDataset(folder.path, { table })).images[0]?.captions).toEqual(['A dog'])
  await using lines = await sampleFolder({
    'x/metadata.jsonl': '{"photo": "a.jpg", "text": "no", "in English": ["A dog", "A pet"]}',
    'x/a.jpg': image,
  })
  const named = { imageColumn: 'photo', captionColumn: 'in English' }
  const { images } = await readDataset(lines.path, { table: named })
  expect(images[0]?.captions).toEqual(['A dog', 'A pet'])
})

test('a caption that looks like a printed list is used, with a warning that names it', async () => {
  await using folder = await sampleFolder({
    'list.csv': `image,caption\na.jpg,"['A dog.', 'A pet.']"\nb.jpg,A cat [sleeping].\n`,
    ...imagesIn('.', 'a.jpg', 'b.jpg'),
  })
  const { images, warnings } = await readDataset(folder.path)
  expect(images).toHaveLength(2)
  expect(warnings).toMatchObject([{ what: 'a.jpg', reason: 'caption-is-a-list' }])
})

test('captions without spaces are counted in a warning, and segmented where that is asked for', async () => {
  await using folder = await sampleFolder({
    'list.csv':
      'image,caption\na.jpg,一只黑色的狗在草地上奔跑。\na.jpg,A dog.\nb.jpg,犬が草の上を走っています\n',
    ...imagesIn('.', 'a.jpg', 'b.jpg'),
  })
  const { warnings, segmenter } = await readDataset(folder.path)
  expect(segmenter).toBeUndefined()
  expect(warnings).toMatchObject([
    { reason: 'captions-without-spaces', detail: expect.stringContaining('2 of 3 captions') },
  ])
  const segmented = await readDataset(folder.path, { segment: true })
  expect(segmented).toMatchObject({
    warnings: [],
    segmenter: expect.stringMatching(/^Intl\.Segmenter, ICU \d/),
  })
  expect(segmented.images[0]?.captions[1]).toBe('A dog.')
  expect(segmented.images[0]?.captions[0]).toMatch(/ 在 .* 。$/)
})

test('a text file that another one goes before is named, as is one without an image', async () => {
  await using folder = await sampleFolder({
    ...imagesIn('.', 'a.jpg', 'b.jpg'),
    ...{ 'a.txt': 'A', 'a.caption': 'AA', 'b.jpg.txt': 'B', 'b.TXT': 'BB', 'c.caption': 'C' },
  })
  const { images, warnings } = await readDataset(folder.path)
  expect(images.flatMap(({ captions }) => captions)).toEqual(['A', 'BB'])
  expect(warnings.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
    'a.caption: text-not-read',
    'b.jpg.txt: text-not-read',
    'c.caption: text-not-read',
  ])
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
  [
    'columns named where there are none',
    { 'captions.json': [{ file: 'a.jpg', captions: ['A'] }] },
    { table: { captionColumn: 'text' } },
    'not-found',
    /Options about columns are for tables/,
  ],
  [
    'a column named that is not there',
    { 'a.csv': 'image,caption\na,b\n' },
    { table: { captionColumn: 'english' } },
    'wrong-shape',
    /columns image, caption\..*for the caption \(english\)/,
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
