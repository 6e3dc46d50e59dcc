import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder with these files, objects as JSON; gone when it goes out of scope. */
export async function textFolder(files: Record<string, unknown>) {
  const path = await mkdtemp(join(tmpdir(), 'descry-texts-'))
  for (const [name, content] of Object.entries(files)) {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array
    await writeFile(join(path, name), isRaw ? content : JSON.stringify(content))
  }
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
