import { createReadStream } from 'node:fs'
import { FormatError } from '../format-error.ts'

/** A UTF-8 file, piece by piece, without byte order mark. */
export async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of createReadStream(path)) {
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  } catch (error) {
    throw explain(path, error)
  }
}

/** Lines without their ends (LF or CRLF); empty ones, too, but for what follows the last end. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const text of readText(path)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest !== '') yield rest.replace(/\r$/, '')
}

function explain(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    const message = `${path} is not UTF-8. Save it as UTF-8.`
    return new FormatError('invalid-utf8', path, message, { cause: error })
  }
  if (error instanceof Error && 'syscall' in error) {
    return new FormatError('unreadable', path, `${path} cannot be read (${code}).`, {
      cause: error,
    })
  }
  return error
}
