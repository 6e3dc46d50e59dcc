import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { HubError } from './hub-error.ts'
import type { HubFile } from './hub-file.ts'

/** Are the bytes at `path`, read from the disk, those of the file? False, too, where there are none. */
export async function matchesHash(
  path: string,
  file: HubFile,
  { signal, onSize }: { signal: AbortSignal; onSize?: (size: number) => void },
): Promise<boolean> {
  const expected = file.sha256 ?? file.gitSha1
  if (expected === null) {
    const message = `The hub gives no hash for ${file.path}, so nobody can tell whether it is whole.`
    throw new HubError('bad-answer', message)
  }
  if (!(await hasSize(path, file))) return false
  const hash = createHash(file.sha256 === null ? 'sha1' : 'sha256')
  if (file.sha256 === null) hash.update(`blob ${file.size}\0`)
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    signal.throwIfAborted()
    hash.update(chunk)
    size += chunk.length
    onSize?.(size)
  }
  return hash.digest('hex') === expected
}

export async function hasSize(path: string, { size }: HubFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true && found.size === size
}

const CHUNK = 1 << 20
