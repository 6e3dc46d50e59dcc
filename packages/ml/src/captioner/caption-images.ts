import { decode } from '../decode/decode.ts'
import type { Method } from '../decode/decode-options.ts'
import { type Hypothesis, meanLogProb } from '../decode/hypothesis.ts'
import { createStep, type RunGraph, type TensorValue } from '../models/create-step.ts'
import { buildDecoderStep, buildEncoder } from '../models/inference-graphs.ts'
import type { ModelCard } from '../models/model-card.ts'
import { spellCaption, toTokens } from '../tokenizer/spell-caption.ts'
import { END, PAD, START, UNKNOWN } from '../tokenizer/vocabulary.ts'
import { drawView, wholeView } from '../train/augment.ts'

export type CaptionedImage = {
  /** Best first. */
  captions: GeneratedCaption[]
  /** Words seen in the picture, most probable first. */
  labels: { word: string; probability: number }[]
}

export type GeneratedCaption = {
  /** As people write it. */
  text: string
  /** As metrics take it. */
  tokens: string
  /** 0 to 1; see the card's calibration. */
  confidence: number
  meanLogProb: number
}

export type CaptionModel = Pick<
  ModelCard,
  'settings' | 'preprocessing' | 'vocabulary' | 'labels' | 'decoding' | 'calibration'
>

/** Compiles a graph once for each key, and lends it to the work. */
export type UseGraph = <Result>(
  key: string,
  build: () => Uint8Array,
  work: (session: { run: RunGraph }) => Promise<Result>,
) => Promise<Result>

export type CaptionOptions = { method?: Method; maxLength?: number }

/**
 * Captions pictures together. Each is RGB, `preprocessing.square` pixels a side, as `decodeSquare` makes
 * it. Graphs are compiled for 1, 2, 4, … pictures; a batch is filled up to the next of these.
 */
export async function captionImages(
  pictures: readonly Uint8Array[],
  { model, values, use }: CaptionWith,
  { method = defaultMethod(model), maxLength = model.decoding.maxLength }: CaptionOptions = {},
): Promise<CaptionedImage[]> {
  const { settings } = model
  const images = nextPowerOfTwo(pictures.length)
  const encoded = await use(
    `encoder ${images}`,
    () => buildEncoder(settings, { images, values }),
    ({ run }) => run({ pixels: drawPictures(pictures, images, model) }),
  )
  const { labels, ...image } = encoded.outputs
  const rows = images * branchesOf(method)
  const found = await use(
    `decoder ${images} ${rows}`,
    () => buildDecoderStep(settings, { images, rows, values }),
    ({ run }) =>
      decode(createStep({ settings, run, rows, image }), {
        images: pictures.length,
        start: START,
        end: END,
        maxLength: Math.min(maxLength, settings.decoder.length),
        method: { banned: [PAD, START, UNKNOWN], repetition: { noImmediate: true }, ...method },
      }),
  )
  const probabilities = labels!.data as Float32Array
  return found.map((hypotheses, i) => ({
    captions: hypotheses.map((hypothesis) => toCaption(hypothesis, model)),
    labels: rankLabels(
      probabilities.subarray(i * settings.labels, (i + 1) * settings.labels),
      model.labels,
    ),
  }))
}

export type CaptionWith = {
  model: CaptionModel
  values: ReadonlyMap<string, Float32Array>
  use: UseGraph
}

const defaultMethod = ({ decoding }: CaptionModel): Method => ({
  kind: 'beam',
  width: decoding.width,
  lengthPenalty: decoding.lengthPenalty,
})

function branchesOf(method: Method): number {
  if (method.kind === 'beam') return method.width
  return method.kind === 'sample' ? (method.count ?? 1) : 1
}

function drawPictures(
  pictures: readonly Uint8Array[],
  images: number,
  { settings: { imageSize: side }, preprocessing: { square } }: CaptionModel,
): TensorValue {
  const data = new Float32Array(images * 3 * side * side)
  const view = wholeView(square)
  for (const [i, pixels] of pictures.entries()) {
    drawView(pixels, square, view, { into: data, offset: i * 3 * side * side, side })
  }
  return { data, shape: [images, 3, side, side] }
}

function toCaption(hypothesis: Hypothesis, { vocabulary, calibration }: CaptionModel) {
  const tokens = toTokens(vocabulary, hypothesis.tokens)
  const mean = meanLogProb(hypothesis)
  return {
    text: spellCaption(tokens),
    tokens,
    confidence: calibration
      ? 1 / (1 + Math.exp(-(calibration.slope * mean + calibration.offset)))
      : Math.exp(mean),
    meanLogProb: mean,
  }
}

function rankLabels(probabilities: Float32Array, words: readonly string[]) {
  return Array.from(probabilities, (probability, i) => ({ word: words[i]!, probability }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, MOST_LABELS)
}

const MOST_LABELS = 10

const nextPowerOfTwo = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)))
