import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { MetricError } from '../metric-error.ts'

/** Word → byte offsets of its synsets; irregular form → base forms. */
export type Synonyms = {
  offsets: ReadonlyMap<string, ReadonlySet<number>>
  exceptions: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * The unpacked table. All columns have one entry per word or synset, so 150,000 words cost a few
 * megabytes and no time to build.
 */
export type WordnetTable = {
  /** the words, sorted by their bytes, each ending in a newline */
  text: Buffer
  /** where each word starts in `text`; one more for the end */
  textStarts: Uint32Array
  /** where each word's synsets start in `synsets`; one more for the end */
  synsetStarts: Uint32Array
  /** offsets of the synsets, word after word, ascending within a word */
  synsets: Uint32Array
  exceptions: ReadonlyMap<string, readonly string[]>
}

/**
 * The file, brotli-compressed:
 *
 *   "WNsynon1", then five little-endian uint32: words W, synset entries S, distinct offsets O,
 *   bytes of the words' text, bytes of the exceptions' text;
 *   the words, one a line; how many synsets each has (W bytes);
 *   the distinct offsets, ascending, as differences (O × uint32, byte by byte: all lowest bytes first);
 *   for each synset entry the number of its offset (S × uint24, byte by byte likewise);
 *   the exceptions, one a line: form, then its base forms.
 */
export function packSynonyms({ offsets, exceptions }: Synonyms): Buffer {
  const words = [...offsets.keys()].sort()
  const distinct = [...new Set(words.flatMap((word) => [...offsets.get(word)!]))].sort(ascending)
  const numbers = new Map(distinct.map((offset, number) => [offset, number]))
  const entries = words.flatMap((word) =>
    [...offsets.get(word)!].sort(ascending).map((offset) => numbers.get(offset)!),
  )
  const text = lines(words)
  const exceptionText = lines(
    [...exceptions].map(([form, bases]) => [form, ...[...bases].sort()].join(' ')).sort(),
  )
  const counts = [words.length, entries.length, distinct.length, text.length, exceptionText.length]
  const raw = Buffer.concat([
    Buffer.from(MAGIC, 'latin1'),
    Buffer.from(new Uint8Array(counts.flatMap((count) => bytesOf(count, 4)))),
    text,
    Buffer.from(words.map((word) => offsets.get(word)!.size)),
    toPlanes(
      distinct.map((offset, i) => offset - (distinct[i - 1] ?? 0)),
      4,
    ),
    toPlanes(entries, 3),
    exceptionText,
  ])
  return brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  })
}

export function unpackSynonyms(packed: Uint8Array): WordnetTable {
  const raw = decompress(packed)
  if (raw.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new MetricError(`The synonym table does not start with "${MAGIC}". ${MAKE_IT_ANEW}`)
  const [W, S, O, textBytes, exceptionBytes] = [0, 1, 2, 3, 4].map((i) =>
    raw.readUInt32LE(MAGIC.length + 4 * i),
  ) as [number, number, number, number, number]
  let at = MAGIC.length + 20
  const take = (bytes: number) => {
    at += bytes
    return raw.subarray(at - bytes, at)
  }
  const expected = at + textBytes + W + 4 * O + 3 * S + exceptionBytes
  if (raw.length !== expected)
    throw new MetricError(
      `The synonym table has ${raw.length} bytes, its head says ${expected}. ${MAKE_IT_ANEW}`,
    )
  const text = Buffer.from(take(textBytes)) // copied, so that the rest of `raw` can be freed
  const synsetStarts = sums(take(W))
  const distinct = sums(fromPlanes(take(4 * O), 4)).subarray(1)
  const synsets = fromPlanes(take(3 * S), 3).map((number) => distinct[number])
  const exceptions = readExceptions(take(exceptionBytes))
  return { text, textStarts: lineStarts(text, W), synsetStarts, synsets, exceptions }
}

const MAGIC = 'WNsynon1'
const MAKE_IT_ANEW = 'Make it anew with scripts/make-wordnet-synonyms.ts.'

function decompress(packed: Uint8Array): Buffer {
  try {
    return brotliDecompressSync(packed)
  } catch (cause) {
    throw new MetricError(`The synonym table is not brotli. ${MAKE_IT_ANEW}`, { cause })
  }
}

const ascending = (a: number, b: number) => a - b
const lines = (texts: readonly string[]) => Buffer.from(`${texts.join('\n')}\n`, 'latin1')
const bytesOf = (value: number, width: number) =>
  Array.from({ length: width }, (_, i) => (value >>> (8 * i)) & 255)

/** All lowest bytes, then all second bytes, …: neighbours are alike there, which compresses better. */
function toPlanes(values: readonly number[], width: number): Buffer {
  const planes = Buffer.alloc(values.length * width)
  for (const [i, value] of values.entries())
    for (const [plane, byte] of bytesOf(value, width).entries())
      planes[plane * values.length + i] = byte
  return planes
}

function fromPlanes(planes: Uint8Array, width: number): Uint32Array {
  const values = new Uint32Array(planes.length / width)
  for (let plane = 0; plane < width; plane++)
    for (let i = 0; i < values.length; i++)
      values[i] |= planes[plane * values.length + i] << (8 * plane)
  return values
}

/** 0, v₀, v₀ + v₁, … */
function sums(values: Uint8Array | Uint32Array): Uint32Array {
  const starts = new Uint32Array(values.length + 1)
  for (let i = 0; i < values.length; i++) starts[i + 1] = starts[i] + values[i]
  return starts
}

function lineStarts(text: Buffer, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1)
  for (let line = 1; line <= count; line++) starts[line] = text.indexOf(10, starts[line - 1]) + 1
  return starts
}

function readExceptions(text: Buffer): Map<string, string[]> {
  const exceptions = new Map<string, string[]>()
  for (const line of text.toString('latin1').split('\n')) {
    const [form, ...bases] = line.split(' ')
    if (form) exceptions.set(form, bases)
  }
  return exceptions
}
