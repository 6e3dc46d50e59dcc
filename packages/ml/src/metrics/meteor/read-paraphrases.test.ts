import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { MetricError } from '../metric-error.ts'
import { readParaphrases } from './read-paraphrases.ts'

const folder = mkdtempSync(join(tmpdir(), 'paraphrases-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const TABLE =
  '0.5\nnext to\nbeside\n0.25\nbeside\nnext to\n0.1\nsome thing\nodd\n1e-3\na dog\na dog\n'
const known = new Set(['next', 'to', 'beside', 'some', 'odd', 'a', 'dog'])

test.each([
  ['gzip', gzipSync(TABLE)],
  ['plain text', TABLE],
  ['plain text without a last line end', TABLE.trimEnd()],
  ['lines that end as on Windows', TABLE.replaceAll('\n', '\r\n')],
])('%s: known phrases are kept, each pair once and from both sides', async (name, content) => {
  const { phrases, longest } = await readParaphrases(write(name, content), known)
  expect([...phrases]).toEqual([
    ['next to', [['beside']]],
    ['beside', [['next', 'to']]],
  ])
  expect([...longest]).toEqual([
    ['next', 2],
    ['beside', 1],
  ])
})

test('an empty file is no table', async () => {
  await expect(readParaphrases(write('empty', ''), known)).rejects.toThrow(
    new MetricError(`${join(folder, 'empty')} is empty; it should be a METEOR paraphrase table.`),
  )
})

test('a table longer than a read buffer is read whole', async () => {
  const entries = Array.from({ length: 20_000 }, (_, i) => `0.5\nword${i}\nother${i}\n`)
  const vocabulary = new Set(
    Array.from({ length: 20_000 }, (_, i) => [`word${i}`, `other${i}`]).flat(),
  )
  const { phrases } = await readParaphrases(write('long', gzipSync(entries.join(''))), vocabulary)
  expect(phrases.size).toBe(40_000)
})

test.each([
  ['a gzip file that is cut off', gzipSync(TABLE.repeat(1000)).subarray(0, 60), 'unexpected end'],
  ['an entry without its last line', '0.5\nnext to\nbeside\n0.5\na', 'has 5 lines'],
  ['lines out of step', '0.5\nnext to\nbeside\nbeside\n0.5\nodd\n', 'Line 4'],
  ['another kind of file', '\u0000PNG\n1\n2\n', 'Line 1'],
])('%s is refused', async (_case, content, message) => {
  const reading = readParaphrases(write('bad', content), known)
  await expect(reading).rejects.toThrow(MetricError)
  await expect(reading).rejects.toThrow(message)
})

test('a file that is not there is named, and the cause kept', async () => {
  const reading = readParaphrases(join(folder, 'nowhere.gz'), known)
  await expect(reading).rejects.toThrow('nowhere.gz')
  await expect(reading).rejects.toMatchObject({ cause: { code: 'ENOENT' } })
})
