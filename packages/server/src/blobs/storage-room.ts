import { statfs } from 'node:fs/promises'
import { AppError } from '../errors.ts'

/** Asked before anything is written. */
export type StorageRoom = {
  /** Throws `storage-full` when less than the reserve is free. */
  require(): Promise<void>
  /** Bytes free for the data folder. */
  free(): Promise<number>
}

/**
 * Keeps a reserve free on the data folder's disk. Writes stop before the disk is full, because a
 * database whose log cannot grow dies, while one that is left some room goes on and recovers by
 * itself.
 */
export function storageRoom(folder: string, reserveBytes: number): StorageRoom {
  const free = async () => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  }
  return {
    free,
    async require() {
      const left = await free()
      if (left >= reserveBytes) return
      throw new AppError(
        'storage-full',
        `Only ${megabytes(left)} MB are free in the data folder, and ${megabytes(reserveBytes)} MB are kept in reserve. Nothing was stored; free some room and try again.`,
      )
    },
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024)
