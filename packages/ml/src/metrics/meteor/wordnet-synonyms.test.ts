import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { MetricError } from '../metric-error.ts'
import { packSynonyms } from './wordnet-file.ts'
import { loadWordnetSynonyms } from './wordnet-synonyms.ts'

const { findSynsets } = loadWordnetSynonyms()
const folder = mkdtempSync(join(tmpdir(), 'synonyms-'))
afterAll(() => rmSync(folder, { recursive: true }))

const areSynonyms = (a: string, b: string) =>
  findSynsets(a).some((synset) => findSynsets(b).includes(synset))

test('a synset is its byte offset in WordNet 3.0, the same for all its words', () => {
  expect(findSynsets('entity')).toEqual([1740])
  expect(findSynsets('dog')).toContain(2084071)
  expect(findSynsets('domestic_dog')).toEqual([2084071])
})

test('offsets are not told apart by part of speech', () => {
  // 00001740 is the noun "entity" and the verb "breathe"
  expect(areSynonyms('entity', 'respire')).toBe(true)
})

test.each([
  ['children', 'kids'], // irregular: child
  ['dogs', 'dog'],
  ['firemen', 'fireman'],
  ['churches', 'church'],
  ['ponies', 'pony'],
  ['riding', 'ride'],
  ['hopped', 'hop'], // irregular too, for its second p
  ['fastest', 'quick'],
  ['better', 'good'],
])('"%s" and "%s" are synonyms', (a, b) => {
  expect(areSynonyms(a, b)).toBe(true)
})

test('only the first rule that leads to a word counts', () => {
  expect(findSynsets('doe')).not.toEqual([])
  expect(areSynonyms('doing', 'doe')).toBe(true)
  expect(areSynonyms('doing', 'execute')).toBe(false)
})

test.each(['', 'the', 'zzz', '~', 'テスト', '__proto__', 'a'.repeat(500)])(
  'a word that WordNet has not has no synsets: %j',
  (word) => {
    expect(findSynsets(word)).toEqual([])
  },
)

test('a table of one’s own can be packed and named', () => {
  const offsets = new Map([
    ['b', new Set([7, 300])],
    ['a', new Set([70_000_000, 7])],
    ['z', new Set([300])],
  ])
  const exceptions = new Map([['best', new Set(['z', 'a'])]])
  const file = join(folder, 'own.br')
  writeFileSync(file, packSynonyms({ offsets, exceptions }))

  const own = loadWordnetSynonyms(file)
  expect(own.findSynsets('a')).toEqual([7, 70_000_000])
  expect(own.findSynsets('bs')).toEqual([7, 300])
  expect(own.findSynsets('best')).toEqual([7, 300, 70_000_000])
  expect(own.findSynsets('aa')).toEqual([])
})

test.each([
  ['is missing', undefined],
  ['is not compressed', Buffer.from('hello')],
  ['holds something else', brotliCompressSync('hello, this is not a table of synonyms')],
  ['is cut off', brotliCompressSync(Buffer.concat([Buffer.from('WNsynon1'), Buffer.alloc(20, 1)]))],
])('a file that %s is refused, with the way to a good one', (_case, content) => {
  const file = join(folder, `bad-${content?.length}.br`)
  if (content) writeFileSync(file, content)
  const { findSynsets: find } = loadWordnetSynonyms(file)
  expect(() => find('dog')).toThrow(MetricError)
  expect(() => find('dog')).toThrow('make-wordnet-synonyms.ts')
})
