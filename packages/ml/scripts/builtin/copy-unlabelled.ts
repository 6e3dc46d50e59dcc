import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const Captioned = z.array(z.object({ file: z.string() }))

/**
 * The pictures of a folder with `images/` and `captions.json` that have no captions, as a folder: those with
 * captions are kept to look at how the model does on them.
 */
export async function copyUnlabelled(from: string, to: string): Promise<string> {
  const text = await readFile(join(from, 'captions.json'), 'utf8')
  const captioned = new Set(Captioned.parse(JSON.parse(text)).map(({ file }) => file))
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  for (const file of await readdir(join(from, 'images'))) {
    if (!captioned.has(file)) await copyFile(join(from, 'images', file), join(to, file))
  }
  return to
}
