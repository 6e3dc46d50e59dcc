import { sigmoid } from '../graph/operators/activation.ts'
import { gather } from '../graph/operators/gather.ts'
import { input, type Shape, type Tensor } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { createNetwork } from './create-network.ts'
import type { Tensors } from './decoder.ts'
import { pictureInput } from './image-encoder.ts'
import type { ModelSettings } from './model-settings.ts'
import { createParameters } from './parameters.ts'

/** By the name of the parameter; `storage` as in `writeOnnx`. */
type Weights = { values: ReadonlyMap<string, Float32Array>; storage?: 'float32' | 'float16' }

/** In the outputs of the encoder and the inputs of the decoder: what is known of an image. */
const IMAGE = 'image/'
/** In the inputs of the decoder: what a row remembers of the positions before. */
export const STATE = 'state/'
/** In the outputs of the decoder: the same with this position. */
export const NEXT = 'next/'

/**
 * The encoder for `images` pictures at once:
 *
 *   pixels [images, 3, S, S] or features [images, tokens, channels]
 *   → image/… [images, …], labels [images, labels], the probability of each word,
 *     pooled [images, channels], the mean features of each picture
 */
export function buildEncoder(
  settings: ModelSettings,
  { images, ...weights }: Weights & { images: number },
): Uint8Array {
  const network = createNetwork(settings, createParameters())
  const { image, labels, pooled } = network.encode(pictureInput(settings, images), 'inference')
  return writeOnnx({
    outputs: { ...prefixed(IMAGE, image), labels: sigmoid(labels), pooled },
    ...weights,
  })
}

/**
 * One position of `rows` captions of `images` pictures:
 *
 *   tokens int64 [rows], parents int64 [rows] (whose state a row goes on with), position int64 [1],
 *   state/… [rows, …], image/… [images, …] as the encoder gives it
 *   → logits [rows, vocabulary], next/…: the state with this position
 *
 * Each picture has rows / images rows after each other, whether all are in use or not.
 */
export function buildDecoderStep(
  settings: ModelSettings,
  { images, rows, ...weights }: Weights & { images: number; rows: number },
): Uint8Array {
  const network = createNetwork(settings, createParameters())
  const known = network.encode(pictureInput(settings, images), 'inference').image
  const parents = input('parents', [rows], 'int64')
  const { logits, state } = network.decoder.step({
    tokens: input('tokens', [rows], 'int64'),
    position: input('position', [1], 'int64'),
    state: mapValues(network.decoder.state, (shape, name) =>
      gather(input(STATE + name, [rows, ...shape]), parents),
    ),
    image: mapValues(known, ({ shape }, name) => input(IMAGE + name, shape)),
  })
  return writeOnnx({ outputs: { logits, ...prefixed(NEXT, state) }, ...weights })
}

const mapValues = <Value extends Tensor | Shape>(
  values: Readonly<Record<string, Value>>,
  toTensor: (value: Value, name: string) => Tensor,
): Tensors =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toTensor(value, name)]))

const prefixed = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]))
