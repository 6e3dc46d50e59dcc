import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSidecar, toOneLine, writeSidecar } from './text-sidecar.ts'

let folder: string
let image: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-sidecar-'))
  image = join(folder, 'photo.jpg')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (content: string | Uint8Array) => writeFile(join(folder, 'photo.txt'), content)
const content = () => readFile(join(folder, 'photo.txt'))
const write = (caption: string, existing: 'skip' | 'append' | 'replace' = 'skip') =>
  writeSidecar(image, caption, { existing })

test('what is written reads back, on one line', async () => {
  const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
  const lines = fc
    .array(anyText, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('\r\n '))
  await fc.assert(
    fc.asyncProperty(
      lines.filter((text) => toOneLine(text) !== ''),
      async (caption) => {
        await write(caption, 'replace')
        expect(await readSidecar(image)).toBe(toOneLine(caption))
        expect((await content()).toString()).not.toMatch(/[\r\n\u2028]/)
      },
    ),
    { numRuns: 200 },
  )
})

test('without a text file there is no caption', async () => {
  expect(await readSidecar(image)).toBeUndefined()
})

test('the file is UTF-8 without byte order mark, and nothing else is left in the folder', async () => {
  expect(await write('\uFEFF Ein Bär.\n')).toBe('written')
  expect(await content()).toEqual(Buffer.from('Ein Bär.'))
  expect(await readdir(folder)).toEqual(['photo.txt'])
})

test('a text file in capitals is that of the image, unless there is the usual one', async () => {
  await writeFile(join(folder, 'photo.TXT'), 'a bear')
  expect(await readSidecar(image)).toBe('a bear')
  expect(await write('a forest')).toBe('skipped')
  expect(await write('a forest', 'append')).toBe('appended')
  expect(await readdir(folder)).toEqual(['photo.TXT'])
  await put('a usual bear')
  expect(await readSidecar(image)).toContain('bear')
})

test('a byte order mark is tolerated', async () => {
  await put('\uFEFFa bear\r\n')
  expect(await readSidecar(image)).toBe('a bear')
})

test.each([
  ['skip', 'a bear', 'skipped', 'a bear'],
  ['append', 'a bear', 'appended', 'a bear, a forest'],
  ['append', 'A bear.\n', 'appended', 'A bear. a forest'],
  ['append', '\uFEFFa bear\nbrown', 'appended', 'a bear brown, a forest'],
  ['replace', 'a bear', 'replaced', 'a forest'],
  ['skip', '', 'written', 'a forest'],
  ['append', ' \n', 'written', 'a forest'],
  ['replace', '', 'written', 'a forest'],
] as const)('%s with "%s" there is %s', async (existing, before, outcome, after) => {
  await put(before)
  expect(await write('a forest', existing)).toBe(outcome)
  expect((await content()).toString().trim()).toBe(after)
})

const latin1 = Buffer.from('Ein B\u00e4r', 'latin1')

test.each(['skip', 'append'] as const)(
  'with %s, text in another encoding is an error and is kept',
  async (existing) => {
    await put(latin1)
    await expect(write('a bear', existing)).rejects.toMatchObject({ code: 'invalid-utf8' })
    expect(await content()).toEqual(latin1)
  },
)

test('text in another encoding can be replaced', async () => {
  await put(latin1)
  expect(await write('a bear', 'replace')).toBe('replaced')
})

test.each(['', ' \n\t', '\uFEFF'])(
  'an empty caption is refused, the old one stays: %j',
  async (text) => {
    await put('a bear')
    await expect(write(text, 'replace')).rejects.toMatchObject({ code: 'empty-caption' })
    expect((await content()).toString()).toBe('a bear')
  },
)

test('a write that fails says so and leaves nothing behind', async () => {
  await mkdir(join(folder, 'photo.txt', 'full'), { recursive: true })
  await expect(write('a bear', 'replace')).rejects.toMatchObject({ code: 'unwritable' })
  expect(await readdir(folder)).toEqual(['photo.txt'])
})

test('readers never see half a caption', async () => {
  const texts = ['a'.repeat(100_000), 'b'.repeat(50_000)]
  await put(texts[0]!)
  let done = false
  const reading = (async () => {
    while (!done) expect(texts).toContain(await readSidecar(image))
  })()
  for (let i = 0; i < 20; i++) await write(texts[i % 2]!, 'replace')
  done = true
  await reading
})

test('a very long gap is folded in a moment', () => {
  expect(toOneLine(`a${' '.repeat(200_000)}b\nc`)).toHaveLength(200_004)
})
