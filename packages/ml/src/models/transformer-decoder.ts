import { gelu } from '../graph/operators/activation.ts'
import { add, multiply, subtract } from '../graph/operators/arithmetic.ts'
import { attention, joinHeads, splitHeads } from '../graph/operators/attention.ts'
import { dropout } from '../graph/operators/dropout.ts'
import { embedding, gather } from '../graph/operators/gather.ts'
import { slice } from '../graph/operators/layout.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { layerNorm } from '../graph/operators/normalization.ts'
import { reshape } from '../graph/operators/reshape.ts'
import { constant, scalar, type Tensor } from '../graph/tensor.ts'
import { normal, ONES, type Parameters, ZEROS } from './parameters.ts'

export type DecoderSettings = {
  width: number
  heads: number
  layers: number
  /** Width of the feed-forward layers. */
  inner: number
  vocabulary: number
  /** Most tokens of a caption, start token included. */
  length: number
}

/** Keys and values of one layer, both [n, heads, tokens, width / heads]. */
export type KeysValues = { keys: Tensor; values: Tensor }

/** 0 or 1/(1 − rate) for each feature of each caption, the same at all its positions: [n, 1, width]. */
export type DropoutMasks = ReadonlyMap<string, Tensor>

/**
 * A Transformer decoder with the normalization in front of each part (pre-norm), learned positions, and
 * one matrix for embedding and output.
 * Sources: Vaswani et al. 2017; Xiong et al. 2020, "On Layer Normalization in the Transformer
 * Architecture"; Press & Wolf 2017 for the tied matrix; Gal & Ghahramani 2016 for masks that stay the
 * same over time.
 */
export function createDecoder(settings: DecoderSettings, parameters: Parameters) {
  const { width, heads, layers, inner, vocabulary, length } = settings
  /** Residual branches start small, so that the sum of all of them has the variance of one. */
  const branch = 0.02 / Math.sqrt(2 * layers)

  const table = parameters.learn('decoder.embedding', [vocabulary, width], normal(0.05))
  const positions = parameters.learn('decoder.positions', [length, width], normal(0.02))

  function linear(x: Tensor, name: string, outputs: number, deviation = 0.02): Tensor {
    const weight = parameters.learn(`${name}.weight`, [x.shape.at(-1)!, outputs], normal(deviation))
    return add(matmul(x, weight), parameters.learn(`${name}.bias`, [outputs], ZEROS))
  }

  function normalized(x: Tensor, name: string): Tensor {
    const gain = parameters.learn(`${name}.gain`, [width], ONES)
    return layerNorm(x, gain, parameters.learn(`${name}.bias`, [width], ZEROS))
  }

  const project = (x: Tensor, name: string): KeysValues => ({
    keys: splitHeads(linear(x, `${name}.keys`, width, 0.04), heads),
    values: splitHeads(linear(x, `${name}.values`, width, 0.04), heads),
  })

  function feedForward(x: Tensor, name: string): Tensor {
    const hidden = gelu(linear(normalized(x, `${name}.norm`), `${name}.in`, inner, 0.04))
    return linear(hidden, `${name}.out`, width, branch * 2)
  }

  /** Logits over the vocabulary: [rows, width] → [rows, vocabulary]. */
  const toLogits = (x: Tensor): Tensor =>
    matmul(normalized(x, 'decoder.norm'), table, { transposeB: true })

  /** Of every layer, from image tokens [n, tokens, width]. */
  const lookAtImage = (memory: Tensor): KeysValues[] =>
    Array.from({ length: layers }, (_, layer) => project(memory, `decoder.${layer}.cross`))

  return {
    lookAtImage,

    /**
     * All positions at once, as in training: `captions` captions of each image.
     *
     *   tokens int64 [images · captions, T],  image keys and values [images, …]
     *   → logits [images · captions · T, vocabulary]
     */
    all(tokens: Tensor, image: readonly KeysValues[], masks: DropoutMasks = new Map()): Tensor {
      const [rows, T] = tokens.shape as [number, number]
      const images = image[0]!.keys.shape[0]!
      const begin = slice(positions, [{ axis: 0, start: 0, end: T }])
      let x = dropout(add(embedding(table, tokens), begin), masks.get('embedding')) // [rows, T, width]
      for (let layer = 0; layer < layers; layer++) {
        const name = `decoder.${layer}`
        const own = normalized(x, `${name}.self.norm`)
        const { keys, values } = project(own, `${name}.self`)
        const query = splitHeads(linear(own, `${name}.self.query`, width, 0.04), heads)
        const read = joinHeads(attention(query, keys, values, causalMask(T)))
        const selfOut = linear(read, `${name}.self.out`, width, branch * 2)
        x = add(x, dropout(selfOut, masks.get(`${layer}.self`)))

        // All captions of an image ask it together.
        const asked = reshape(normalized(x, `${name}.cross.norm`), [
          images,
          (rows / images) * T,
          width,
        ])
        const crossQuery = splitHeads(linear(asked, `${name}.cross.query`, width, 0.04), heads)
        const seen = joinHeads(attention(crossQuery, image[layer]!.keys, image[layer]!.values))
        const crossOut = reshape(linear(seen, `${name}.cross.out`, width, branch * 2), x.shape)
        x = add(x, dropout(crossOut, masks.get(`${layer}.cross`)))

        x = add(x, dropout(feedForward(x, `${name}.inner`), masks.get(`${layer}.inner`)))
      }
      return toLogits(reshape(x, [rows * T, width]))
    },

    /**
     * One position of many captions, with a cache of the positions before.
     *
     *   tokens int64 [rows],  position int64 [1],  cache of each layer [rows, heads, length, width/heads],
     *   image keys and values [rows, …]  →  logits [rows, vocabulary] and the cache with this position
     */
    step(
      tokens: Tensor,
      position: Tensor,
      cache: readonly KeysValues[],
      image: readonly KeysValues[],
    ): { logits: Tensor; cache: KeysValues[] } {
      const [rows] = tokens.shape as [number]
      const here = reshape(gather(constant(identity(length), [length, length]), position), [
        1,
        1,
        length,
        1,
      ])
      const visible = reshape(gather(constant(causal(length), [length, length]), position), [
        1,
        1,
        1,
        length,
      ])
      const put = (old: Tensor, now: Tensor) =>
        add(multiply(old, subtract(scalar(1), here)), multiply(now, here))

      let x = reshape(add(embedding(table, tokens), gather(positions, position)), [rows, 1, width])
      const after: KeysValues[] = []
      for (let layer = 0; layer < layers; layer++) {
        const name = `decoder.${layer}`
        const own = normalized(x, `${name}.self.norm`)
        const now = project(own, `${name}.self`)
        const known = {
          keys: put(cache[layer]!.keys, now.keys),
          values: put(cache[layer]!.values, now.values),
        }
        after.push(known)
        const query = splitHeads(linear(own, `${name}.self.query`, width, 0.04), heads)
        const read = joinHeads(attention(query, known.keys, known.values, visible))
        x = add(x, linear(read, `${name}.self.out`, width, branch * 2))

        const asked = normalized(x, `${name}.cross.norm`)
        const crossQuery = splitHeads(linear(asked, `${name}.cross.query`, width, 0.04), heads)
        const seen = joinHeads(attention(crossQuery, image[layer]!.keys, image[layer]!.values))
        x = add(x, linear(seen, `${name}.cross.out`, width, branch * 2))

        x = add(x, feedForward(x, `${name}.inner`))
      }
      return { logits: toLogits(reshape(x, [rows, width])), cache: after }
    },
  }
}

const causalMask = (T: number): Tensor => constant(causal(T), [1, 1, T, T])

/** Row t: 0 up to t, far below any score after it. */
const causal = (T: number): Float32Array =>
  Float32Array.from({ length: T * T }, (_, i) => (i % T > Math.floor(i / T) ? -1e9 : 0))

const identity = (n: number): Float32Array =>
  Float32Array.from({ length: n * n }, (_, i) => (i % n === Math.floor(i / n) ? 1 : 0))
