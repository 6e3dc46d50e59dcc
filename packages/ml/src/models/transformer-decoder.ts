import { gelu } from '../graph/operators/activation.ts'
import { add, multiply, subtract } from '../graph/operators/arithmetic.ts'
import { attention, joinHeads, splitHeads } from '../graph/operators/attention.ts'
import { dropout } from '../graph/operators/dropout.ts'
import { embedding, gather } from '../graph/operators/gather.ts'
import { slice } from '../graph/operators/layout.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { layerNorm } from '../graph/operators/normalization.ts'
import { reshape } from '../graph/operators/reshape.ts'
import { constant, type Shape, scalar, type Tensor } from '../graph/tensor.ts'
import type { Decoder, DropoutMasks, Tensors } from './decoder.ts'
import { createLinear } from './linear.ts'
import type { TransformerSettings } from './model-settings.ts'
import { normal, ONES, type Parameters, ZEROS } from './parameters.ts'

/**
 * A Transformer decoder with the normalization in front of each part (pre-norm), learned positions, and
 * one matrix for embedding and output. Remembers the keys and values of each layer.
 * Sources: Vaswani et al. 2017; Xiong et al. 2020, "On Layer Normalization in the Transformer
 * Architecture"; Press & Wolf 2017 for the tied matrix; Gal & Ghahramani 2016 for masks that stay the
 * same over time.
 */
export function createTransformerDecoder(
  settings: TransformerSettings,
  parameters: Parameters,
): Decoder {
  const { width, heads, layers, inner, vocabulary, length } = settings
  /** Residual branches start small, so that the sum of all of them has the variance of one. */
  const branch = 0.04 / Math.sqrt(2 * layers)
  const everyLayer = [...Array(layers).keys()]

  const table = parameters.trainable('decoder.embedding', [vocabulary, width], normal(0.05))
  const positions = parameters.trainable('decoder.positions', [length, width], normal(0.02))
  const linear = createLinear(parameters)
  const toHeads = (x: Tensor, name: string) => splitHeads(linear(x, name, width, 0.04), heads)
  const project = (x: Tensor, name: string): KeysValues => ({
    keys: toHeads(x, `${name}.keys`),
    values: toHeads(x, `${name}.values`),
  })

  function normalized(x: Tensor, name: string): Tensor {
    const gain = parameters.trainable(`${name}.gain`, [width], ONES)
    return layerNorm(x, gain, parameters.trainable(`${name}.bias`, [width], ZEROS))
  }

  /** Self-attention to what `remember` gives, attention to the image, feed-forward: [rows, T, width]. */
  function runLayer(before: Tensor, layer: number, { image, masks = {}, remember }: LayerInputs) {
    const name = `decoder.${layer}`
    let x = before
    const own = normalized(x, `${name}.self.norm`)
    const { keys, values, mask } = remember(project(own, `${name}.self`), layer)
    const read = joinHeads(attention(toHeads(own, `${name}.self.query`), keys, values, mask))
    const selfOut = linear(read, `${name}.self.out`, width, branch)
    x = add(x, dropout(selfOut, masks[`${layer}.self`]))

    // All captions of an image ask it together.
    const seen = ofLayer(image, layer)
    const [images] = seen.keys.shape as [number]
    const [rows, T] = x.shape as [number, number]
    const asked = reshape(normalized(x, `${name}.cross.norm`), [images, (rows / images) * T, width])
    const query = toHeads(asked, `${name}.cross.query`)
    const found = joinHeads(attention(query, seen.keys, seen.values))
    const crossOut = reshape(linear(found, `${name}.cross.out`, width, branch), x.shape)
    x = add(x, dropout(crossOut, masks[`${layer}.cross`]))

    const wide = gelu(linear(normalized(x, `${name}.inner.norm`), `${name}.inner.in`, inner, 0.04))
    const innerOut = linear(wide, `${name}.inner.out`, width, branch)
    return add(x, dropout(innerOut, masks[`${layer}.inner`]))
  }

  /** Logits over the vocabulary: [rows, T, width] → [rows · T, vocabulary]. */
  function toLogits(x: Tensor): Tensor {
    const [rows, T] = x.shape as [number, number]
    const flat = reshape(x, [rows * T, width])
    return matmul(normalized(flat, 'decoder.norm'), table, { transposeB: true })
  }

  return {
    state: Object.fromEntries(
      everyLayer.flatMap((layer) => {
        const shape: Shape = [heads, length, width / heads]
        return Object.values(namesOf(layer)).map((name) => [name, shape])
      }),
    ),

    dropout: Object.fromEntries(
      ['embedding', ...everyLayer.flatMap((i) => [`${i}.self`, `${i}.cross`, `${i}.inner`])].map(
        (place) => [place, width],
      ),
    ),

    lookAtImage: (memory) =>
      named(everyLayer.map((layer) => project(memory, `decoder.${layer}.cross`))),

    all(tokens, image, masks = {}) {
      const [, T] = tokens.shape as [number, number]
      const begin = slice(positions, [{ axis: 0, start: 0, end: T }])
      const mask = constant(causal(T), [1, 1, T, T])
      const remember = (now: KeysValues) => ({ ...now, mask })
      let x = dropout(add(embedding(table, tokens), begin), masks.embedding) // [rows, T, width]
      for (const layer of everyLayer) x = runLayer(x, layer, { image, masks, remember })
      return toLogits(x)
    },

    step({ tokens, position, state, image }) {
      const [rows] = tokens.shape as [number]
      const rowHere = (square: Float32Array, shape: Shape) =>
        reshape(gather(constant(square, [length, length]), position), shape)
      const here = rowHere(identity(length), [1, 1, length, 1])
      const mask = rowHere(causal(length), [1, 1, 1, length])
      const put = (old: Tensor, now: Tensor) =>
        add(multiply(old, subtract(scalar(1), here)), multiply(now, here))

      const after: KeysValues[] = []
      const remember = (now: KeysValues, layer: number) => {
        const old = ofLayer(state, layer)
        after[layer] = { keys: put(old.keys, now.keys), values: put(old.values, now.values) }
        return { ...after[layer], mask }
      }
      let x = reshape(add(embedding(table, tokens), gather(positions, position)), [rows, 1, width])
      for (const layer of everyLayer) x = runLayer(x, layer, { image, remember })
      return { logits: toLogits(x), state: named(after) }
    },
  }
}

/** Keys and values of one layer, both [n, heads, tokens, width / heads]. */
type KeysValues = { keys: Tensor; values: Tensor }

type LayerInputs = {
  image: Tensors
  masks?: DropoutMasks
  /** From the keys and values of the positions at hand to all that they may look at, and a mask. */
  remember: (now: KeysValues, layer: number) => KeysValues & { mask: Tensor }
}

const namesOf = (layer: number) => ({ keys: `${layer}/keys`, values: `${layer}/values` })

function ofLayer(tensors: Tensors, layer: number): KeysValues {
  const { keys, values } = namesOf(layer)
  return { keys: tensors[keys]!, values: tensors[values]! }
}

const named = (layers: readonly KeysValues[]): Tensors =>
  Object.fromEntries(
    layers.flatMap(({ keys, values }, layer) => {
      const names = namesOf(layer)
      return [
        [names.keys, keys],
        [names.values, values],
      ]
    }),
  )

/** Row t: 0 up to t, far below any score after it. */
const causal = (T: number): Float32Array =>
  Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0))

const identity = (n: number): Float32Array =>
  Float32Array.from({ length: n * n }, (_, i) => (i % n === Math.floor(i / n) ? 1 : 0))
