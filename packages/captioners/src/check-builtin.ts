import { normalizeImage } from '@descry/ml'
import { buildCaptioners } from './build-captioners.ts'
import type { CaptionerConfig } from './captioner-config.ts'
import { ask } from './chain/ask.ts'
import { testPicture } from './test-picture.ts'

/** Loads the built-in model and captions a picture with it, as a request would; throws what is wrong. */
export async function checkBuiltin({
  builtin,
  images,
  hub,
}: Pick<CaptionerConfig, 'builtin' | 'images' | 'hub'>): Promise<string> {
  if (!builtin) return 'switched off by DESCRY_BUILTIN_MODEL=none'
  const { captioners, leftOut } = await buildCaptioners({ builtin, images, hub, openai: undefined })
  const captioner = captioners.find(({ kind }) => kind === 'builtin')
  if (!captioner) throw new Error(leftOut.join(' '))
  try {
    const picture = await normalizeImage(testPicture(), images)
    const told = { style: 'concise', prompt: '', sampling: {}, force: true } as const // it is a drawing
    const { signal } = new AbortController()
    const answer = await ask(captioner, { ...picture, ...told }, { signal })
    if ('failure' in answer) throw answer.failure
    const ms = Math.round(answer.ms)
    return `${captioner.modelVersion} captions; loading and the first caption took ${ms} ms`
  } finally {
    await captioner.dispose?.()
  }
}
