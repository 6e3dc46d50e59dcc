import { sigmoid, tanh } from '../graph/operators/activation.ts'
import { add, multiply, subtract } from '../graph/operators/arithmetic.ts'
import { dropout } from '../graph/operators/dropout.ts'
import { embedding, gather } from '../graph/operators/gather.ts'
import { concat, split } from '../graph/operators/layout.ts'
import { type LstmState, lstmStep } from '../graph/operators/lstm.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { reduceMean } from '../graph/operators/mean.ts'
import { reshape } from '../graph/operators/reshape.ts'
import { softmax } from '../graph/operators/softmax.ts'
import { expand } from '../graph/operators/sum-and-expand.ts'
import { constant, scalar, type Tensor } from '../graph/tensor.ts'
import type { Decoder, DropoutMasks, Tensors } from './decoder.ts'
import { createLinear } from './linear.ts'
import type { LstmSettings } from './model-settings.ts'
import { normal, type Parameters, ZEROS } from './parameters.ts'

/**
 * A long short-term memory that attends to another part of the image for each word. With word y, image
 * tokens aᵢ, hidden state h and cell c:
 *
 *   eᵢ = vᵀ tanh(W h + U aᵢ);  α = softmax(e);  z = σ(w h) · Σ αᵢ aᵢ
 *   (h′, c′) = LSTM([E y, z], h, c);  logits = Eᵀ (L [h′, z, E y])
 *
 * h and c start as tanh of linear maps of the mean of all aᵢ.
 * Sources: Xu et al. 2015, "Show, Attend and Tell" (with its gate, soft attention and deep output);
 * Bahdanau et al. 2015 for the additive attention; Press & Wolf 2017 for the one matrix E; Jozefowicz et
 * al. 2015 for a forget gate that starts open; Gal & Ghahramani 2016 for masks that stay the same over
 * time, here on E y and on h′ on its way out; what goes from position to position is not dropped.
 */
export function createLstmDecoder(settings: LstmSettings, parameters: Parameters): Decoder {
  const { embedding: m, width: h, attention, vocabulary, length } = settings
  const linear = createLinear(parameters)
  const learn = (name: string, inputs: number, outputs: number) =>
    parameters.trainable(name, [inputs, outputs], normal(1 / Math.sqrt(inputs)))
  const table = parameters.trainable('decoder.embedding', [vocabulary, m], normal(0.05))

  const startFrom = (mean: Tensor, name: string): Tensor =>
    tanh(linear(mean, `decoder.start.${name}`, h, 1 / Math.sqrt(mean.shape[1]!)))

  /** What the rows see, z: hidden [rows, h], the image's tokens and keys [images, …] → [rows, C]. */
  function look(hidden: Tensor, { tokens, keys }: Tensors): Tensor {
    const [images, L, C] = tokens!.shape as [number, number, number]
    const [rows] = hidden.shape as [number]
    const captions = rows / images
    const asked = matmul(hidden, learn('decoder.attention.query', h, attention))
    const compared = tanh(
      add(
        reshape(asked, [images, captions, 1, attention]),
        reshape(keys!, [images, 1, L, attention]),
      ),
    ) // [images, captions, L, attention]
    const scores = matmul(compared, learn('decoder.attention.score', attention, 1))
    const weights = softmax(reshape(scores, [images, captions, L]))
    const seen = reshape(matmul(weights, tokens!), [rows, C])
    return multiply(seen, sigmoid(linear(hidden, 'decoder.gate', 1)))
  }

  /** One word further: [E y, z] → the state after, and z. */
  function advance(word: Tensor, before: LstmState, image: Tensors) {
    const context = look(before.hidden, image)
    const x = concat([word, context], 1) // [rows, m + C]
    const bias = parameters.trainable('decoder.lstm.bias', [4 * h], ZEROS)
    const state = lstmStep(x, before, {
      ofInput: learn('decoder.lstm.input', x.shape[1]!, 4 * h),
      ofHidden: learn('decoder.lstm.hidden', h, 4 * h),
      bias: add(bias, constant(forgetGate(h), [4 * h])),
    })
    return { state, context }
  }

  /** From [h′, z, E y], [n, h + C + m], to logits [n, vocabulary]. */
  function toLogits(said: Tensor): Tensor {
    const word = linear(said, 'decoder.output', m, 1 / Math.sqrt(said.shape[1]!))
    return matmul(word, table, { transposeB: true })
  }

  return {
    state: { hidden: [h], cell: [h] },
    dropout: { embedding: m, hidden: h },

    lookAtImage(memory) {
      const [, , C] = memory.shape as [number, number, number]
      const mean = reduceMean(memory, [1]) // [images, C]
      return {
        tokens: memory,
        keys: linear(memory, 'decoder.attention.keys', attention, 1 / Math.sqrt(C)),
        hidden: startFrom(mean, 'hidden'),
        cell: startFrom(mean, 'cell'),
      }
    },

    all(tokens, image, masks: DropoutMasks = {}) {
      const [rows, T] = tokens.shape as [number, number]
      const words = dropout(embedding(table, tokens), masks.embedding) // [rows, T, m]
      let state = { hidden: repeat(image.hidden!, rows), cell: repeat(image.cell!, rows) }
      const hiddens: Tensor[] = []
      const contexts: Tensor[] = []
      for (const word of split(words, Array(T).fill(1), 1)) {
        const next = advance(reshape(word, [rows, m]), state, image)
        state = next.state
        hiddens.push(next.state.hidden)
        contexts.push(next.context)
      }
      const hidden = dropout(stack(hiddens), masks.hidden) // [rows, T, h]
      const said = concat([hidden, stack(contexts), words], 2) // [rows, T, h + C + m]
      return toLogits(reshape(said, [rows * T, said.shape[2]!]))
    },

    step({ tokens, position, state, image }) {
      const [rows] = tokens.shape as [number]
      const isFirst = gather(constant(firstOf(length), [length]), position) // [1]
      const before = (name: keyof LstmState) =>
        add(
          multiply(repeat(image[name]!, rows), isFirst),
          multiply(state[name]!, subtract(scalar(1), isFirst)),
        )
      const word = embedding(table, tokens) // [rows, m]
      const { state: after, context } = advance(
        word,
        { hidden: before('hidden'), cell: before('cell') },
        image,
      )
      return { logits: toLogits(concat([after.hidden, context, word], 1)), state: after }
    },
  }
}

/** [n, w] → [rows, w], each row rows / n times. */
function repeat(a: Tensor, rows: number): Tensor {
  const [n, w] = a.shape as [number, number]
  return reshape(expand(reshape(a, [n, 1, w]), [n, rows / n, w]), [rows, w])
}

/** T tensors [rows, w] → [rows, T, w] */
const stack = (steps: readonly Tensor[]): Tensor =>
  concat(
    steps.map((step) => reshape(step, [step.shape[0]!, 1, step.shape[1]!])),
    1,
  )

/** 1 for the forget gate, 0 for the others. */
const forgetGate = (h: number): Float32Array => new Float32Array(4 * h).fill(1, h, 2 * h)

const firstOf = (length: number): Float32Array => new Float32Array(length).fill(1, 0, 1)
