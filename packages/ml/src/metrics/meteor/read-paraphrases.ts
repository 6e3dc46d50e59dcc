import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { MetricError } from '../metric-error.ts'

/** Phrases that mean the same. Each pair can be looked up from both sides, and is listed once. */
export type ParaphraseTable = {
  /** words joined by single spaces → the other phrases, as words */
  phrases: ReadonlyMap<string, readonly (readonly string[])[]>
  /** first word → words in the longest phrase that starts with it */
  longest: ReadonlyMap<string, number>
}

/**
 * Reads a paraphrase table in METEOR's format: text, plain or gzip, three lines an entry: probability
 * (which METEOR ignores), phrase, paraphrase. METEOR's own has millions of entries, so only those are
 * kept whose words are all in `vocabulary`, and the file is read as a stream.
 */
export async function readParaphrases(
  file: string,
  vocabulary: ReadonlySet<string>,
): Promise<ParaphraseTable> {
  const pairs: [string, string][] = []
  const isKnown = (phrase: string) => phrase.split(' ').every((word) => vocabulary.has(word))
  let lines = 0
  let phrase = ''
  for await (const line of readLines(file)) {
    const part = lines++ % 3
    if (part === 0) checkProbability(line, { file, lines })
    else if (part === 1) phrase = line
    else if (isKnown(phrase) && isKnown(line)) pairs.push([phrase, line])
  }
  if (lines === 0)
    throw new MetricError(`${file} is empty; it should be a METEOR paraphrase table.`)
  if (lines % 3 !== 0)
    throw new MetricError(
      `${file} has ${lines} lines, and an entry of a paraphrase table has three: the file is cut off or of another kind. Fetch it again.`,
    )
  return makeParaphraseTable(pairs)
}

export function makeParaphraseTable(
  pairs: Iterable<readonly [phrase: string, paraphrase: string]>,
): ParaphraseTable {
  const others = new Map<string, Set<string>>()
  const longest = new Map<string, number>()
  const add = (phrase: string, other: string) => {
    const set = others.get(phrase)
    if (set) set.add(other)
    else others.set(phrase, new Set([other]))
    const words = phrase.split(' ')
    longest.set(words[0], Math.max(words.length, longest.get(words[0]) ?? 0))
  }
  for (const [phrase, paraphrase] of pairs)
    if (phrase !== paraphrase) {
      add(phrase, paraphrase)
      add(paraphrase, phrase)
    }
  const phrases = new Map(
    [...others].map(([phrase, set]) => [phrase, [...set].map((other) => other.split(' '))]),
  )
  return { phrases, longest }
}

function checkProbability(line: string, { file, lines }: { file: string; lines: number }): void {
  if (line.trim() !== '' && Number.isFinite(Number(line))) return
  throw new MetricError(
    `Line ${lines} of ${file} should be a probability, but is "${line.slice(0, 40)}". Give a METEOR paraphrase table: gzip or plain text, three lines an entry (probability, phrase, paraphrase).`,
  )
}

async function* readLines(file: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const text of await openText(file)) {
      const lines = (rest + text).split(/\r?\n/)
      rest = lines.pop()!
      yield* lines
    }
  } catch (cause) {
    if (cause instanceof MetricError) throw cause
    throw new MetricError(
      `The paraphrase table ${file} cannot be read: ${(cause as Error).message}. Fetch it again, or score without it.`,
      { cause },
    )
  }
  if (rest !== '') yield rest.replace(/\r$/, '')
}

async function openText(file: string): Promise<AsyncIterable<string>> {
  const compressed = await isGzip(file)
  const source = createReadStream(file)
  if (!compressed) return source.setEncoding('utf8')
  const text = createGunzip()
  source.on('error', (error) => text.destroy(error))
  return (source.pipe(text) as Readable).setEncoding('utf8')
}

/** Gzip files start with the bytes 1f 8b. */
async function isGzip(file: string): Promise<boolean> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file)
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle?.close()
  }
}
