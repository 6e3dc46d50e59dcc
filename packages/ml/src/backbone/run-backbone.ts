import { drawView, type View, wholeView } from '../image/draw-view.ts'
import type { BackboneCard } from '../models/backbone-card.ts'
import type { RunGraph } from '../models/create-step.ts'

type BackboneRunOptions = {
  card: BackboneCard
  run: RunGraph
  /** Pixels along each side of a picture. */
  square: number
  /** Of each picture what is to be seen; all of it by default. */
  views?: readonly View[] | undefined
}

/**
 * What a backbone makes of pictures, each RGB bytes, `square` pixels a side: [tokens, channels] of each,
 * one after the other.
 */
export async function runBackbone(
  pictures: readonly Uint8Array[],
  { card, run, square, views = pictures.map(() => wholeView(square)) }: BackboneRunOptions,
): Promise<Float32Array> {
  const length = card.tokens * card.channels
  const features = new Float32Array(pictures.length * length)
  const together = card.batch ?? Math.max(1, pictures.length)
  for (let start = 0; start < pictures.length; start += together) {
    const some = pictures.slice(start, start + together)
    const shown = views.slice(start, start + together)
    const drawn = draw(some, { card, square, views: shown, together })
    const { outputs } = await run({ [card.input]: drawn })
    const data = outputs[card.output]!.data as Float32Array
    for (const i of some.keys()) {
      const of = data.subarray(i * length, (i + 1) * length)
      const into = features.subarray((start + i) * length, (start + i + 1) * length)
      if (card.layout === 'tokens') into.set(of)
      else transpose(of, into, card)
    }
  }
  return features
}

/** As many pictures as the network takes at once; those that are missing are gray. */
function draw(
  pictures: readonly Uint8Array[],
  {
    card,
    square,
    views,
    together,
  }: Required<Omit<BackboneRunOptions, 'run'>> & { together: number },
) {
  const side = card.imageSize
  const into = new Float32Array(together * 3 * side * side)
  const { mean, deviation } = card
  for (const [i, pixels] of pictures.entries()) {
    const offset = i * 3 * side * side
    drawView(pixels, square, views![i]!, { into, offset, side, mean, deviation })
  }
  return { data: into, shape: [together, 3, side, side] }
}

/** [C, L] → [L, C] */
function transpose(from: Float32Array, into: Float32Array, { tokens, channels }: BackboneCard) {
  for (let c = 0; c < channels; c++) {
    for (let t = 0; t < tokens; t++) into[t * channels + c] = from[c * tokens + t]!
  }
}
