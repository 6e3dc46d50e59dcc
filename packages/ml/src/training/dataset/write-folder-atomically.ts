import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DataError } from './data-error.ts'

/**
 * Has `write` fill a new folder beside `target`, and gives it that name when it is complete; after a
 * failure there is what was there before. With `replace` the folder that is there goes away. `advice` is
 * for whoever has no room on the disk.
 */
export async function writeFolderAtomically<Result>(
  target: string,
  { replace, advice = 'Make room' }: { replace: boolean; advice?: string },
  write: (folder: string) => Promise<Result>,
): Promise<Result> {
  const parent = dirname(resolve(target))
  const temporary = join(parent, `.descry-${randomUUID()}.tmp`)
  try {
    await mkdir(parent, { recursive: true })
    await mkdir(temporary)
    const result = await write(temporary)
    if (replace) await swap(temporary, target)
    else await rename(temporary, target)
    return result
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {}) // the first error matters
    throw explain(target, error, advice)
  }
}

export const pathExists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined

/** Between the two renames there is no folder of that name; a failure of the second undoes the first. */
async function swap(temporary: string, target: string): Promise<void> {
  const old = `${temporary}.old`
  const existed = await pathExists(target)
  if (existed) await rename(target, old)
  try {
    await rename(temporary, target)
  } catch (error) {
    if (existed) await rename(old, target)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

/** Errors of the system in words; all others as they are. */
function explain(target: string, error: unknown, advice: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const { code } = error as NodeJS.ErrnoException
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `the disk is full. ${advice}`
      : `the system refused (${code})`
  return new DataError(`${target} was not written: ${reason}.`, { cause: error })
}
