import { closeSync, openSync, readSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { DataError } from './data-error.ts'

/** A file of records, read synchronously by position: a batch needs many, in any order. */
export type RandomAccessFile = {
  /** Fills `into` from `position` on. */
  read(into: Uint8Array, position: number): void
  close(): void
}

export function openRandomAccess(path: string): RandomAccessFile {
  let file: number | undefined = openSync(path, 'r')
  return {
    read(into, position) {
      if (file === undefined) throw new Error(`${path} is closed.`)
      for (let done = 0; done < into.length; ) {
        const read = readSync(file, into, done, into.length - done, position + done)
        if (read === 0) throw new DataError(`${path} became shorter while in use. Make it again.`)
        done += read
      }
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** In bytes; undefined where there is no file. */
export const findFileSize = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
