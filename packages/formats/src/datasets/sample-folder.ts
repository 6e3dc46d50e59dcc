import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** For tests: a folder with these files, objects and lists as JSON, gone when it leaves the scope. */
export async function sampleFolder(files: Record<string, unknown>) {
  const path = await mkdtemp(join(tmpdir(), 'descry-dataset-'))
  for (const [name, content] of Object.entries(files)) {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), isRaw ? content : JSON.stringify(content))
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export const image = 'not decoded here'

export const imagesIn = (folder: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [join(folder, name), image]))

/** A dataset of one good image, and another entry. */
export const oneImageAnd = (entry: object) => ({
  'captions.json': [{ file: 'a.jpg', captions: ['A'], split: 'train' }, entry],
  ...imagesIn('images', 'a.jpg'),
})
