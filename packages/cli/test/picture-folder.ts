import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'

export type PictureFolder = AsyncDisposable & { path: string }

/** A new folder with one-coloured pictures of these names; `*.broken.*` get bytes of no image. */
export async function pictureFolder(...names: string[]): Promise<PictureFolder> {
  const path = await mkdtemp(join(tmpdir(), 'descry-cli-'))
  for (const [i, name] of names.entries()) {
    const broken = name.includes('broken')
    const create = { width: 20 + i, height: 20, channels: 3, background: 'steelblue' } as const
    const bytes = broken ? Buffer.from('no image') : await sharp({ create }).jpeg().toBuffer()
    await writeFile(join(path, name), bytes)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
