import { chmod, stat } from 'node:fs/promises'

/**
 * Takes the rights of others to a folder away. `passable`: they may still go through it to what is
 * theirs. A folder on a disk without permissions stays as it is.
 */
export async function closeFolder(
  path: string,
  { passable = false }: { passable?: boolean } = {},
): Promise<void> {
  const { mode } = await stat(path)
  const closed = passable ? mode & 0o711 : mode & 0o700
  if (process.platform !== 'win32' && (mode & 0o777) !== closed) await chmod(path, closed)
}
