import { createRandom } from '../random.ts'
import type { Step } from './step.ts'

export const START = 0
export const END = 1

/** Logits of the next token after each token, [V][V]. */
export type Table = readonly (readonly number[])[]

/** A model whose next token depends on the image and on the last token only. */
export function bigrams(tables: readonly Table[]): Step {
  let images: number[] = [] // of each row
  return async (tokens, parents) => {
    images = Array.from(parents, (parent) => images[parent] ?? parent)
    return Float32Array.from(images.flatMap((image, row) => tables[image][tokens[row]]))
  }
}

/** Logits between −4 and 4; few different ones, if `levels` is small, so that there are ties. */
export function randomTable(V: number, seed: number, levels = 2 ** 32): Table {
  const random = createRandom(seed)
  const logit = () => (Math.floor(random() * levels) / levels - 0.5) * 8
  return Array.from({ length: V }, () => Array.from({ length: V }, logit))
}

export const randomTables = (images: number, V: number, seed: number, levels?: number): Table[] =>
  Array.from({ length: images }, (_, image) => randomTable(V, seed * 1000 + image, levels))

/** A recurrent network whose state depends on the image and on all tokens in their order. */
type Network = {
  begin: (image: number) => number[]
  read: (state: number[], token: number) => number[]
}

function createNetwork(V: number, seed: number): Network {
  const mix = randomTable(V, seed)
  const embed = randomTable(V, seed + 1)
  return {
    begin: (image) => mix.map((_, i) => Math.sin(image * 7 + i)),
    read: (state, token) =>
      mix.map((row, i) =>
        Math.tanh(row.reduce((sum, x, j) => sum + (x * state[j]) / 4, embed[token][i])),
      ),
  }
}

const toLogits = (states: number[][]) => Float32Array.from(states.flat(), (x) => x * 4)

/** Keeps the state of each row, as a key/value cache does: one token a row is read. */
export function cachedNetwork(V: number, seed: number): Step {
  const { begin, read } = createNetwork(V, seed)
  let states: number[][] | undefined
  return async (tokens, parents) => {
    const before = states
    states = Array.from(parents, (parent, row) =>
      read(before?.[parent] ?? begin(parent), tokens[row]),
    )
    return toLogits(states)
  }
}

/** Keeps the tokens of each row only, and reads all of them again. */
export function recomputingNetwork(V: number, seed: number): Step {
  const { begin, read } = createNetwork(V, seed)
  let rows: { image: number; said: number[] }[] | undefined
  return async (tokens, parents) => {
    const before = rows
    rows = Array.from(parents, (parent, row) => {
      const { image, said } = before?.[parent] ?? { image: parent, said: [] }
      return { image, said: [...said, tokens[row]] }
    })
    return toLogits(rows.map(({ image, said }) => said.reduce(read, begin(image))))
  }
}
