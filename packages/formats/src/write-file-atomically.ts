import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FormatError } from './format-error.ts'

/** Afterwards the file holds either all of `text` or what it held before, even if the power fails. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.descry-${randomUUID()}.tmp`)
  try {
    await writeDurably(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}) // the first error is the one that matters
    const { code } = error as NodeJS.ErrnoException
    throw new FormatError('unwritable', path, `${path} cannot be written (${code}).`, {
      cause: error,
    })
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx')
  await file.writeFile(text)
  await file.sync()
}
