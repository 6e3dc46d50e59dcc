import { z } from 'zod'

/** How pictures come to a network: what is not said is left to defaults. */
export type Preprocessing = {
  size?: number
  mean?: [number, number, number]
  deviation?: [number, number, number]
}

/**
 * Reads `preprocessor_config.json`, as repositories of vision models have it; undefined where it is
 * something else. Only squares are read: we squash pictures instead of cutting them.
 */
export function readPreprocessing(text: string): Preprocessing | undefined {
  const parsed = Config.safeParse(parse(text))
  if (!parsed.success) return undefined
  const { crop_size: crop, size: whole, image_mean: mean, image_std: deviation } = parsed.data
  const size = sideOf(crop) ?? sideOf(whole)
  return {
    ...(size && { size }),
    ...(mean && { mean }),
    ...(deviation && { deviation }),
  }
}

const Side = z.int().min(16).max(2048)
const Size = z.union([
  Side,
  z.object({ height: Side, width: Side }),
  z.object({ shortest_edge: Side }),
])
const PerChannel = z.tuple([z.number(), z.number(), z.number()])
const Config = z.object({
  size: Size.nullish().catch(null),
  crop_size: Size.nullish().catch(null),
  image_mean: PerChannel.nullish(),
  image_std: PerChannel.nullish(),
})

function sideOf(size: z.infer<typeof Size> | null | undefined): number | undefined {
  if (size === null || size === undefined || typeof size === 'number') return size ?? undefined
  return 'height' in size ? size.height : size.shortest_edge
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
