import { see } from '../backbone/see.ts'
import { decode } from '../decode/decode.ts'
import { DecodeError } from '../decode/decode-error.ts'
import type { Method } from '../decode/decode-options.ts'
import type { Hypothesis } from '../decode/hypothesis.ts'
import { sizeOf } from '../graph/tensor.ts'
import {
  createStep,
  type RunGraph,
  type StatefulGraph,
  type TensorValue,
} from '../models/create-step.ts'
import { pictureInput } from '../models/image-encoder.ts'
import { buildDecoderStep, buildEncoder } from '../models/inference-graphs.ts'
import type { ModelCard } from '../models/model-card.ts'
import { ModelError } from '../models/model-error.ts'
import { spellCaption, toTokens } from '../tokenizer/spell-caption.ts'
import { END, PAD, START, UNKNOWN } from '../tokenizer/vocabulary.ts'
import { drawView, wholeView } from '../train/augment.ts'
import { confidenceOf } from './calibrate.ts'
import { type CaptionFeatures, measureCaption } from './caption-features.ts'
import { photoFeatures, scorePhoto } from './photo-score.ts'
import { type SeenLabel, showLabels } from './show-labels.ts'

export type CaptionedImage = {
  /** Best first. */
  captions: GeneratedCaption[]
  /** Words seen in the picture, most probable first. */
  labels: SeenLabel[]
  /** Of all labels of the model, shown or not. */
  labelProbabilities: Float32Array
  /** 0 to 1, see the card's `photo`; null where the model has no such score or the pixels are not there. */
  photoScore: number | null
}

type GeneratedCaption = {
  /** As people write it. */
  text: string
  /** As metrics take it. */
  tokens: string
  /** 0 to 1; see the card's calibration. Null where the model was never calibrated. */
  confidence: number | null
  features: CaptionFeatures
}

export type CaptionModel = Pick<
  ModelCard,
  | 'settings'
  | 'backbone'
  | 'preprocessing'
  | 'vocabulary'
  | 'labels'
  | 'decoding'
  | 'calibration'
  | 'shownLabels'
  | 'photo'
>

/** Compiles a graph once for each key, and lends it to the work. */
export type UseGraph = <Result>(
  key: string,
  build: () => Uint8Array,
  work: (session: CompiledGraph) => Promise<Result>,
) => Promise<Result>

type CompiledGraph = {
  run: RunGraph
  openState(): StatefulGraph & { dispose(): Promise<void> }
}

export type CaptionOptions = { method?: Method; maxLength?: number }

/**
 * RGB bytes, `preprocessing.square` pixels a side, as `decodeSquare` makes them; or what the model's
 * backbone made of them, tokens · channels values.
 */
export type Picture = Uint8Array | Float32Array

/** Captions any number of pictures, eight at a time. */
export async function captionImages(
  pictures: readonly Picture[],
  captioner: CaptionWith,
  options: CaptionOptions = {},
): Promise<CaptionedImage[]> {
  const captioned: CaptionedImage[] = []
  for (let start = 0; start < pictures.length; start += MOST_TOGETHER) {
    const some = pictures.slice(start, start + MOST_TOGETHER)
    captioned.push(...(await captionTogether(some, captioner, options)))
  }
  return captioned
}

/**
 * Two cores caption 47 pictures a second one by one, 85 by four, 98 by eight, 112 by 32; eight take
 * 180 MB, 32 take 400.
 */
export const MOST_TOGETHER = 8

/** Graphs are compiled for 1, 2, 4 or 8 pictures; a batch is filled up to the next of these. */
async function captionTogether(
  pictures: readonly Picture[],
  captioner: CaptionWith,
  { method = defaultMethod(captioner.model), maxLength }: CaptionOptions,
): Promise<CaptionedImage[]> {
  const { model, values, use } = captioner
  const { settings, decoding } = model
  const images = nextPowerOfTwo(pictures.length)
  const { labels, pooled, ...image } = await runEncoder(pictures, captioner)
  const branches = branchesOf(method)
  if (branches > settings.decoder.vocabulary) {
    throw new DecodeError(
      `The model knows ${settings.decoder.vocabulary} words: it cannot follow ${branches} captions at once.`,
    )
  }
  const rows = images * branches
  const found = await use(
    `decoder ${images} ${rows}`,
    () => buildDecoderStep(settings, { images, rows, values }),
    async (session) => {
      const graph = session.openState()
      try {
        return await decode(await createStep({ settings, graph, images, rows, image }), {
          images: pictures.length,
          start: START,
          end: END,
          maxLength: Math.min(maxLength ?? decoding.maxLength, settings.decoder.length),
          method: {
            minLength: 1,
            banned: [PAD, START, UNKNOWN],
            repetition: { noImmediate: true },
            ...method,
          },
        })
      } finally {
        await graph.dispose()
      }
    },
  )
  const probabilities = labels!.data as Float32Array
  return found.map((hypotheses, i) => {
    const ofImage = probabilities.slice(i * settings.labels, (i + 1) * settings.labels)
    return {
      captions: hypotheses.map((hypothesis) => toCaption(hypothesis, ofImage, model)),
      labels: showLabels(ofImage, model),
      labelProbabilities: ofImage,
      photoScore: photoScoreOf(pictures[i]!, rowOf(pooled!, i), model),
    }
  })
}

/** What the encoder says of at most eight pictures, filled up to the next power of two. */
export async function runEncoder(
  pictures: readonly Picture[],
  captioner: CaptionWith,
): Promise<Record<string, TensorValue>> {
  const { model, values, use } = captioner
  const images = nextPowerOfTwo(pictures.length)
  const fed = await toFeed(pictures, images, captioner)
  const { outputs } = await use(
    `encoder ${images}`,
    () => buildEncoder(model.settings, { images, values }),
    ({ run }) => run(fed),
  )
  return outputs
}

export type CaptionWith = {
  model: CaptionModel
  values: ReadonlyMap<string, Float32Array>
  /** The file of the model's backbone, where it has one. */
  backbone?: Uint8Array | undefined
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

/** What the encoder takes, filled up to `images` pictures. */
async function toFeed(
  pictures: readonly Picture[],
  images: number,
  captioner: CaptionWith,
): Promise<Record<string, TensorValue>> {
  const { settings } = captioner.model
  const { shape } = pictureInput(settings, images)
  const data = new Float32Array(sizeOf(shape))
  if (settings.encoder.kind !== 'features') {
    drawPixels(pictures, data, captioner.model)
    return { pixels: { data, shape } }
  }
  const length = settings.encoder.tokens * settings.encoder.channels
  const seen = pictures.filter((picture) => picture instanceof Uint8Array)
  const looked = seen.length > 0 ? await lookAt(seen, captioner) : data
  let next = 0
  for (const [i, picture] of pictures.entries()) {
    const from = next * length
    const isPixels = picture instanceof Uint8Array
    data.set(isPixels ? looked.subarray(from, from + length) : picture, i * length)
    if (isPixels) next++
  }
  return { features: { data, shape } }
}

function drawPixels(
  pictures: readonly Picture[],
  into: Float32Array,
  { settings: { imageSize: side }, preprocessing: { square } }: CaptionModel,
): void {
  const view = wholeView(square)
  for (const [i, pixels] of pictures.entries()) {
    if (!(pixels instanceof Uint8Array)) {
      throw new ModelError('This model looks at pictures itself, and was given features.')
    }
    if (pixels.length !== square * square * 3) {
      throw new RangeError(`${pixels.length} bytes instead of ${square} × ${square} RGB pixels.`)
    }
    drawView(pixels, square, view, { into, offset: i * 3 * side * side, side })
  }
}

function lookAt(
  pictures: readonly Uint8Array[],
  { model: { backbone: card, preprocessing }, backbone: onnx, use }: CaptionWith,
): Promise<Float32Array> {
  if (!card || !onnx) {
    throw new ModelError(
      'This model starts from the features of another network; it cannot look at pictures by itself.',
    )
  }
  return use(
    'backbone',
    () => onnx,
    ({ run }) => see(pictures, { card, run, square: preprocessing.square }),
  )
}

/** A picture's row of an output [images, width]. */
export const rowOf = ({ data, shape }: TensorValue, row: number): Float32Array => {
  const width = shape[1]!
  return (data as Float32Array).subarray(row * width, (row + 1) * width)
}

function photoScoreOf(
  picture: Picture,
  pooled: Float32Array,
  { photo, preprocessing: { square } }: CaptionModel,
): number | null {
  if (!photo || !(picture instanceof Uint8Array)) return null
  return scorePhoto(photo, photoFeatures(pooled, { pixels: picture, square }))
}

function toCaption(
  hypothesis: Hypothesis,
  probabilities: Float32Array,
  model: CaptionModel,
): GeneratedCaption {
  const tokens = toTokens(model.vocabulary, hypothesis.tokens)
  const features = measureCaption(hypothesis, probabilities, model)
  return {
    text: spellCaption(tokens),
    tokens,
    confidence: model.calibration && confidenceOf(model.calibration, features),
    features,
  }
}

const nextPowerOfTwo = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)))
