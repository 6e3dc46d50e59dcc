import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openPreparedDataset } from '@descry/ml/training'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type PictureFolder, pictureFolder } from './picture-folder.ts'
import { firstWords, runDescry, startDescry } from './run-descry.ts'

const prepare = (folder: PictureFolder, ...more: string[]) =>
  runDescry(['data', 'prepare', '--from', '.', '--to', 'out', '--image-size', '16', ...more], {
    cwd: folder.path,
  })

async function captionedFolder() {
  const folder = await pictureFolder()
  for (const [name, background] of Object.entries({ a: 'red', b: 'green', c: 'blue' })) {
    const create = { width: 20, height: 20, channels: 3, background } as const
    await sharp({ create })
      .jpeg()
      .toFile(join(folder.path, `${name}.jpg`))
  }
  const rows = ['a.jpg,train,A dog', 'a.jpg,train,A pet', 'b.jpg,val,A cat', 'c.jpg,test,A cow']
  await writeFile(join(folder.path, 'list.csv'), `image,split,caption\n${rows.join('\n')}\n`)
  return folder
}

test('a table says what was prepared, and the folder can be opened', async () => {
  await using folder = await captionedFolder()
  const { code, stdout, stderr } = await prepare(folder)
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: '.: csv, recognised by list.csv; 3 captioned images\n',
  })
  const table = [
    'split    images captions',
    'train         1        2',
    'dev           1        1',
    'test          1        1',
    '',
    'out: 16 × 16 pixels; splits given',
    '',
    'Warnings: 1',
    '  too-few-dev-images 1',
  ]
  expect(stdout.split('\n').slice(0, table.length)).toEqual(table)
  const dataset = await openPreparedDataset(join(folder.path, 'out'), { verify: true })
  expect(dataset.images.map(({ captions }) => captions)).toEqual([
    ['A dog', 'A pet'],
    ['A cat'],
    ['A cow'],
  ])
  dataset.close()
})

test('what is left out and what to know is counted and named, with --json as the card has it', async () => {
  await using folder = await pictureFolder('a.jpg', 'b.broken.jpg', 'nobody.jpg')
  const entries = [
    { file: 'a.jpg', captions: ['A dog', ''] },
    { file: 'b.broken.jpg', captions: ['A cat'] },
    { file: 'gone.jpg', captions: ['A cow'] },
    { file: 'a.jpg', captions: ['Again'] },
  ]
  await writeFile(join(folder.path, 'captions.json'), JSON.stringify(entries))
  const { code, stdout } = await prepare(folder, '--json')
  const json = JSON.parse(stdout)
  expect({ code, json }).toMatchObject({
    code: 0,
    json: {
      folder: 'out',
      recognisedBy: 'captions.json, a list',
      source: { format: 'descry-json', splits: 'hashed with seed 0' },
      leftOut: {
        count: 5,
        byReason: {
          'image-not-found': 1,
          'duplicate-entry': 1,
          'caption-empty': 1,
          'image-without-captions': 1,
          'image-unreadable': 1,
        },
      },
      warnings: { byReason: { 'only-one-image': 1 } },
    },
  })
  const { folder: _, recognisedBy: __, ...card } = json
  expect(JSON.parse(await readFile(join(folder.path, 'out/dataset.json'), 'utf8'))).toEqual(card)

  const table = await prepare(folder, '--replace')
  expect(table.stdout).toContain('Left out: 5\n  caption-empty 1\n    a.jpg\n')
  expect(table.stdout).toContain('Warnings: 1\n  only-one-image 1\n')
})

test('a target that is there is refused, and replaced when asked for', async () => {
  await using folder = await captionedFolder()
  await mkdir(join(folder.path, 'out'))
  const refused = await prepare(folder)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain('out is there already. Name another folder, or say --replace.')
  expect(await prepare(folder, '--replace')).toMatchObject({ code: 0 })
})

test('a folder without a dataset is refused with a list of what was looked for', async () => {
  await using folder = await pictureFolder('a.jpg')
  const { code, stderr } = await prepare(folder)
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^\. holds no captioned dataset that Descry knows\. Looked for\n {2}flickr8k/,
  )
  expect(await readdir(folder.path)).toEqual(['a.jpg'])
})

const folders = ['prepare', '--from', 'x', '--to', 'y']
test.each([
  [[], 'Say what to do: descry data prepare.'],
  [['mix'], 'There is no data mix.'],
  [['prepare', '--to', 'y'], '--from is needed'],
  [['prepare', '--from', 'y'], '--to is needed'],
  [[...folders, 'z'], 'z is left over'],
  [[...folders, '--format', 'voc'], '--format is one of flickr8k, karpathy,'],
  [[...folders, '--image-size', '8'], '--image-size is a whole number from 16 to 1024, not 8.'],
  [[...folders, '--split-seed', '1.5'], '--split-seed is a whole number from 0'],
])('wrong use (%j) is said so', async (args, message) => {
  const { code, stderr } = await runDescry(['data', ...args])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) })
  expect(stderr).toContain('See: descry data --help')
})

test('Ctrl-C stops, and nothing is written', async () => {
  await using folder = await pictureFolder()
  const create = { width: 4000, height: 3000, channels: 3, background: 'teal' } as const
  await writeFile(join(folder.path, 'a.png'), await sharp({ create }).png().toBuffer())
  const names = Array.from({ length: 300 }, (_, i) => `${i}.png`)
  for (const name of names) await symlink('a.png', join(folder.path, name))
  const rows = names.map((name) => `${name},A`).join('\n')
  await writeFile(join(folder.path, 'list.csv'), `image,caption\n${rows}\n`)

  const command = startDescry(['data', 'prepare', '--from', '.', '--to', 'deep/out'], {
    cwd: folder.path,
  })
  await firstWords(command.stderr)
  command.signal('SIGINT')
  const { code, stdout, stderr } = await command.finished
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  expect(stderr).toContain('Stopped; nothing was written.')
  expect(await readdir(join(folder.path, 'deep')).catch(() => [])).toEqual([])
})

const flickr8k = resolve(process.env.DESCRY_TEST_DATA ?? '../shared/data', 'flickr8k')

test.skipIf(!existsSync(join(flickr8k, 'captions.json')))(
  'twenty photographs of flickr8k are prepared with their captions (needs DESCRY_TEST_DATA)',
  async () => {
    await using folder = await pictureFolder()
    const all = JSON.parse(await readFile(join(flickr8k, 'captions.json'), 'utf8'))
    const some = all.slice(0, 20)
    await writeFile(join(folder.path, 'captions.json'), JSON.stringify(some))
    await mkdir(join(folder.path, 'images'))
    for (const { file } of some) {
      await symlink(join(flickr8k, 'images', file), join(folder.path, 'images', file))
    }
    const { code, stdout } = await prepare(folder, '--image-size', '160', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      leftOut: { count: 0 },
      warnings: { byReason: { 'too-few-dev-images': 1, 'no-test-images': 1 } },
    })
    const dataset = await openPreparedDataset(join(folder.path, 'out'), { verify: true })
    expect(dataset.images.map(({ file }) => file)).toEqual(
      some.map(({ file }: { file: string }) => file),
    )
    expect(dataset.images.every(({ captions }) => captions.length === 5)).toBe(true)
    dataset.close()
  },
)
