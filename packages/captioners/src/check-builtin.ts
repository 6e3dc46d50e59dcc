import { normalizeImage } from '@descry/ml'
import { buildCaptioners } from './build-captioners.ts'
import type { CaptionerConfig } from './captioner-config.ts'
import { runCaptioner } from './run-captioner.ts'
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
    const asked = { ...picture, style: 'concise', force: true } as const // our picture is a drawing
    const signal = AbortSignal.timeout(60_000)
    const { ms } = await runCaptioner(captioner, asked, { signal })
    return `${captioner.modelVersion} captions; loading and the first caption took ${Math.round(ms)} ms`
  } finally {
    await captioner.dispose?.()
  }
}
