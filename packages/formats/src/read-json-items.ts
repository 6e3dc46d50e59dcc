import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Assembler from 'stream-json/assembler.js'
import { parser, type Token } from 'stream-json/parser.js'
import { FormatError } from './format-error.ts'

/**
 * A piece of a JSON file with the keys that lead to it: an element of a top-level list (`[3]`), a value of a
 * top-level object (`['info']`), or, where that value is a list that is not empty, one of its elements
 * (`['annotations', 3]`).
 */
export type JsonItem = { keys: [string | number] | [string, number]; value: unknown }

/**
 * Reads a JSON file of any size as a stream, and calls `onItem` for each piece in the order of the
 * file. Keys that occur twice are not merged. An error that `onItem` throws ends the reading.
 */
export async function readJsonItems(path: string, onItem: (item: JsonItem) => void): Promise<void> {
  try {
    await pipeline(
      createReadStream(path),
      decodeUtf8,
      parser.asStream({ streamValues: false }),
      async (tokens: AsyncIterable<Token>) => {
        const take = createItemReader(onItem)
        for await (const token of tokens) take(token)
      },
    )
  } catch (error) {
    throw await explain(path, error)
  }
}

async function* decodeUtf8(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** Puts together what is one piece; the lists and objects above the pieces are only walked through. */
function createItemReader(onItem: (item: JsonItem) => void): (token: Token) => void {
  const open: Level[] = []
  let piece: Assembler | undefined

  function finish(value: unknown): void {
    const [outer, inner] = open
    if (!outer) throw new NotACollection()
    onItem({ keys: inner ? [String(outer.key), Number(inner.key)] : [outer.key], value })
  }

  /** Returns whether the token belongs to the lists and objects above the pieces. */
  function walk(token: Token): boolean {
    const level = open.at(-1)
    if (level && token.name === 'keyValue') {
      level.key = token.value
      return true
    }
    if (token.name === 'endArray' || token.name === 'endObject') {
      open.pop()
      if (level?.key === BEFORE_FIRST && open.length > 0) finish([])
      return true
    }
    if (typeof level?.key === 'number') level.key++
    if (!isWalkedThrough(token, open)) return false
    open.push({ key: token.name === 'startArray' ? BEFORE_FIRST : '' })
    return true
  }

  return (token) => {
    if (!piece && walk(token)) return
    piece ??= new Assembler()
    piece.consume(token)
    if (!piece.done) return
    finish(piece.current)
    piece = undefined
  }
}

const BEFORE_FIRST = -1

/** A list or object that is being read, with the key or index where the reading is. */
type Level = { key: string | number }

const isWalkedThrough = ({ name }: Token, open: readonly Level[]): boolean =>
  open.length === 0
    ? name === 'startArray' || name === 'startObject'
    : name === 'startArray' && open.length === 1 && typeof open[0]?.key === 'string'

/** The file is a single number, text or the like. */
class NotACollection extends Error {}

async function explain(path: string, error: unknown): Promise<unknown> {
  if (error instanceof FormatError || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  const options = { cause: error }
  if (code === 'ENOENT') {
    return new FormatError('not-found', path, `There is no file ${path}.`, options)
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new FormatError('invalid-utf8', path, `${path} is not UTF-8. Save it as UTF-8.`, options)
  }
  if (error instanceof NotACollection) {
    const message = `${path} holds a single value; a JSON object or list is expected.`
    return new FormatError('wrong-shape', path, message, options)
  }
  if (error.message.startsWith('Parser ')) {
    const reason = (await findMistake(path)) ?? error.message.replace(/^Parser /, '')
    return new FormatError('invalid-json', path, `${path} is not JSON: ${reason}.`, options)
  }
  if (code !== undefined) {
    return new FormatError('unreadable', path, `${path} cannot be read (${code}).`, options)
  }
  return error
}

/** The streaming parser does not say where; a file that fits into memory is asked again. */
async function findMistake(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path)
    if (size > MAX_REREAD_BYTES) return undefined
    JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, ''))
    return undefined
  } catch (error) {
    return error instanceof SyntaxError ? error.message.replace(/\.$/, '') : undefined
  }
}

const MAX_REREAD_BYTES = 64 * 2 ** 20
