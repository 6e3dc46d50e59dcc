import { createCaptionReader, FormatError, readJsonItems, segmentWords } from '@descry/formats'
import { countDocumentFrequency, type DocumentFrequency, tokenizeGroups } from '@descry/ml/metrics'

import type { ScoreFilesOptions } from './read-score-options.ts'

/**
 * Document frequencies for CIDEr, from either
 *
 * - a table: `{"ref_len": 113287, "document_frequency": {"a dog": 5210, …}}`, where `ref_len` is the
 *   number of images and n-grams are tokens joined by single spaces, or
 * - references, which are tokenized like the others and counted.
 */
export async function readDocumentFrequency(
  path: string,
  { tokenize, segment }: Pick<ScoreFilesOptions, 'tokenize' | 'segment'>,
): Promise<DocumentFrequency> {
  const captions = createCaptionReader(path)
  const table = new Map<unknown, unknown>()
  await readJsonItems(path, (item) => {
    const [key] = item.keys
    if (tableKeys.has(key)) table.set(key, item.keys.length === 1 ? item.value : 'a list')
    else captions.take(item)
  })
  if (table.has('document_frequency')) return toDocumentFrequency(path, table)
  const texts = [...captions.finish().values()]
  const references = segment ? texts.map((group) => group.map(segmentWords)) : texts
  return countDocumentFrequency(tokenize === 'none' ? references : tokenizeGroups(references))
}

const tableKeys: ReadonlySet<unknown> = new Set(['ref_len', 'document_frequency'])

function toDocumentFrequency(
  path: string,
  table: ReadonlyMap<unknown, unknown>,
): DocumentFrequency {
  const images = table.get('ref_len')
  const counts = table.get('document_frequency')
  const wrong = (found: string) =>
    new FormatError('wrong-shape', path, `${path}: ${found} Expected ${EXPECTED}.`)
  if (!isCount(images)) throw wrong(`ref_len is ${JSON.stringify(images) ?? 'missing'}.`)
  if (typeof counts !== 'object' || counts === null || Array.isArray(counts)) {
    throw wrong('document_frequency is no object.')
  }
  const entries = Object.entries(counts)
  const bad = entries.find(([, count]) => !isCount(count) || count > Number(images))
  if (bad) throw wrong(`The count of "${bad[0]}" is ${JSON.stringify(bad[1])}.`)
  return { images, counts: new Map(entries) }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0

const EXPECTED =
  '{"ref_len": 1000, "document_frequency": {"a dog": 12}}, counts from 1 to ref_len, the number of images'
