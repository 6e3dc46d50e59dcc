import { runBackbone } from '../backbone/run-backbone.ts'
import { sizeOf } from '../graph/tensor.ts'
import { drawView, wholeView } from '../image/draw-view.ts'
import type { RunGraph, StatefulGraph, TensorValue } from '../models/create-step.ts'
import { pictureInput } from '../models/image-encoder.ts'
import { buildEncoder } from '../models/inference-graphs.ts'
import type { ModelCard } from '../models/model-card.ts'
import { ModelError } from '../models/model-error.ts'

/** The encoder's outputs for at most eight pictures, padded to the next power of two. */
export async function runEncoder(
  pictures: readonly EncoderInput[],
  captioner: InferenceContext,
): Promise<Record<string, TensorValue>> {
  const { model, values, use } = captioner
  const images = paddedSize(pictures.length)
  const fed = await toFeed(pictures, images, captioner)
  const { outputs } = await use(
    `encoder ${images}`,
    () => buildEncoder(model.settings, { images, values }),
    ({ run }) => run(fed),
  )
  return outputs
}

/**
 * RGB bytes, `preprocessing.square` pixels a side, as `decodeSquare` makes them; or what the model's
 * backbone made of them, tokens · channels values.
 */
export type EncoderInput = Uint8Array | Float32Array

export type InferenceContext = {
  model: CaptionModel
  values: ReadonlyMap<string, Float32Array>
  /** The file of the model's backbone, where it has one. */
  backbone?: Uint8Array | undefined
  use: UseGraph
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

/**
 * Two cores caption 47 pictures a second one by one, 85 by four, 98 by eight, 112 by 32; eight take
 * 180 MB, 32 take 400.
 */
export const MAX_BATCH = 8

/** Graphs are compiled for 1, 2, 4 or 8 pictures; a batch is filled up to the next of these. */
export const paddedSize = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)))

/** What the encoder takes, filled up to `images` pictures. */
async function toFeed(
  pictures: readonly EncoderInput[],
  images: number,
  captioner: InferenceContext,
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
  pictures: readonly EncoderInput[],
  into: Float32Array,
  { settings: { imageSize: side }, preprocessing: { square } }: CaptionModel,
): void {
  const view = wholeView(square)
  for (const [i, pixels] of pictures.entries()) {
    if (!(pixels instanceof Uint8Array)) {
      throw new ModelError('This model has an encoder of its own, and was given features.')
    }
    if (pixels.length !== square * square * 3) {
      throw new RangeError(`${pixels.length} bytes instead of ${square} × ${square} RGB pixels.`)
    }
    drawView(pixels, square, view, { into, offset: i * 3 * side * side, side })
  }
}

function lookAt(
  pictures: readonly Uint8Array[],
  { model: { backbone: card, preprocessing }, backbone: onnx, use }: InferenceContext,
): Promise<Float32Array> {
  if (!card || !onnx) {
    throw new ModelError(
      'This model starts from the features of another network; it cannot encode pictures by itself.',
    )
  }
  return use(
    'backbone',
    () => onnx,
    ({ run }) => runBackbone(pictures, { card, run, square: preprocessing.square }),
  )
}

/** A picture's row of an output [images, width]. */
export const rowOf = ({ data, shape }: TensorValue, row: number): Float32Array => {
  const width = shape[1]!
  return (data as Float32Array).subarray(row * width, (row + 1) * width)
}
