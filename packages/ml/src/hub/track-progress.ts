import type { HubFile } from './hub-file.ts'

export type FileProgress = {
  /** The current file. */
  path: string
  /** Bytes of all files together. `done` goes back where a file has to start over. */
  done: number
  total: number
  filesDone: number
  filesTotal: number
}

/** Adds up, over the files that are asked for, what is there; `there` are those that need no work. */
export function trackProgress(
  { wanted, there }: { wanted: readonly HubFile[]; there: readonly HubFile[] },
  onProgress: (progress: FileProgress) => void = () => {},
) {
  const total = sumSizes(wanted)
  let before = sumSizes(there)
  let filesDone = there.length
  const tell = (path: string, done: number) =>
    onProgress({ path, done, total, filesDone, filesTotal: wanted.length })
  return {
    at: ({ path }: HubFile, size: number) => tell(path, before + size),
    finish({ path, size }: HubFile) {
      before += size
      filesDone += 1
      tell(path, before)
    },
  }
}

const sumSizes = (files: readonly HubFile[]): number =>
  files.reduce((sum, { size }) => sum + size, 0)
