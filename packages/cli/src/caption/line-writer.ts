import { once } from 'node:events'
import type { Writable } from 'node:stream'

export type LineWriter = {
  /** Aborts once nobody reads any more, as after `| head`. */
  closed: AbortSignal
  write(line: string): Promise<void>
}

/** Lines for a pipe: waits for a slow reader, and ends quietly when the reader has gone. */
export function lineWriter(stream: Writable): LineWriter {
  const gone = new AbortController()
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone.abort()
  })
  return {
    closed: gone.signal,
    async write(line) {
      if (gone.signal.aborted || stream.write(`${line}\n`)) return
      await once(stream, 'drain', { signal: gone.signal }).catch((error: unknown) => {
        if (!gone.signal.aborted) throw error
      })
    },
  }
}
