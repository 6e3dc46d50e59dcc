import { readFile, symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PostgresError } from './postgres-error.ts'

/**
 * npm packages hold no symbolic links, so the platform packages list theirs, and make them in an
 * install script. Install scripts are often switched off; hence we make those that are missing.
 */
export async function makeLibraryLinks(root: string): Promise<void> {
  for (const { source, target } of await readLinks(join(root, 'native/pg-symlinks.json'))) {
    await makeLink(basename(source), join(root, target))
  }
}

type Link = { source: string; target: string }

async function readLinks(file: string): Promise<Link[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [] // Windows needs none
    throw error
  }
}

/** Both ends lie in the same folder. */
async function makeLink(source: string, target: string): Promise<void> {
  try {
    await symlink(source, target)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    throw new PostgresError(
      `The link ${target} is missing and cannot be made (${codeOf(error)}). Start Descry once as the user who installed it, or install again with install scripts allowed.`,
      { cause: error },
    )
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
