import { FormatError, readCaptionJson, readJsonItems } from '@descry/formats'
import { countDocumentFrequency, type DocumentFrequency, tokenizeCaptions } from '@descry/ml'

/**
 * Document frequencies for CIDEr, from either
 *
 * - a table: `{"ref_len": 113287, "document_frequency": {"a dog": 5210, …}}`, where `ref_len` is the
 *   number of images and n-grams are tokens joined by single spaces, or
 * - references, which are tokenized like the others and counted.
 */
export async function readDocumentFrequency(
  path: string,
  tokenize: 'ptb' | 'none',
): Promise<DocumentFrequency> {
  const table = await readTable(path)
  if (table) return table
  const references = [...(await readCaptionJson(path)).values()]
  if (tokenize === 'none') return countDocumentFrequency(references)
  const tokenized = tokenizeCaptions(references.flat()).values()
  return countDocumentFrequency(
    references.map((texts) => texts.map(() => tokenized.next().value ?? '')),
  )
}

async function readTable(path: string): Promise<DocumentFrequency | undefined> {
  let images: unknown
  let counts: unknown
  await readJsonItems(path, ({ place: [key, ...rest], value }) => {
    if (rest.length > 0) return
    if (key === 'ref_len') images = value
    if (key === 'document_frequency') counts = value
  })
  if (counts === undefined) return undefined

  const wrong = (found: string) =>
    new FormatError('wrong-shape', path, `${path}: ${found} Expected ${EXPECTED}.`)
  if (!isCount(images)) throw wrong(`ref_len is ${JSON.stringify(images) ?? 'missing'}.`)
  if (typeof counts !== 'object' || counts === null) throw wrong('document_frequency is no object.')
  const entries = Object.entries(counts)
  const bad = entries.find(([, count]) => !isCount(count) || count > Number(images))
  if (bad) throw wrong(`The count of "${bad[0]}" is ${JSON.stringify(bad[1])}.`)
  return { images, counts: new Map(entries) }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0

const EXPECTED =
  '{"ref_len": 1000, "document_frequency": {"a dog": 12}}, counts from 1 to ref_len, the number of images'
