import type { TinyGraph } from './tiny-graph.ts'
import { typeIds } from './tiny-graph.ts'
import type { TinyTokenizer } from './tiny-tokenizer.ts'

/** What the tiny models say, over and over: `shows crimson tile`, or azure where there is more blue. */
export const tinyWords = [' shows', ' crimson', ' azure', ' tile'] as const

type Writer = {
  tokenizer: TinyTokenizer
  /** The token that the first word comes after, and the one that ends the text. */
  first: string
  end: string
}

type State = {
  /** [N, S] int64: the tokens so far that are new. */
  tokens: string
  /** [N, 1, 3]: how much there is of red, green and blue in the picture. */
  colours: string
  /** Numbers: how many words are written, and how many are to be. */
  written: string
  wanted: string
}

/** logits [N, S, V]: after a word the next one, the colour by the picture, the end after so many words. */
export function writeLogits(
  graph: TinyGraph,
  { tokenizer, first, end }: Writer,
  { tokens, colours, written, wanted }: State,
): string {
  const { size, idOf } = tokenizer
  const [shows, crimson, azure, tile] = tinyWords.map(idOf) as [number, number, number, number]
  const next = new Array<number>(size).fill(size) // out of range: none
  next[idOf(first)] = shows
  next[crimson] = next[azure] = tile
  next[tile] = shows

  const table = graph.constant('int64', [size], next)
  const depth = graph.constant('int64', [1], [size])
  const offOn = graph.constant('float32', [2], [0, 10])
  const expected = graph.node('OneHot', [graph.node('Gather', [table, tokens]), depth, offOn])

  const weights = new Array<number>(3 * size).fill(0)
  weights[crimson] = 1
  weights[2 * size + azure] = 1
  const seen = graph.node('MatMul', [colours, graph.constant('float32', [3, size], weights)])

  const late = graph.node('Relu', [
    graph.node('Add', [graph.node('Sub', [written, wanted]), graph.constant('float32', [], [1])]),
  ])
  const ends = graph.constant('float32', [size], oneHot(size, idOf(end), 1000))
  const ending = graph.node('Mul', [late, ends])
  return graph.node('Add', [graph.node('Add', [expected, seen]), ending])
}

/** [N, C, H, W] → [N, 1, C]: the mean of each colour. */
export function writeColours(graph: TinyGraph, pixels: string): string {
  const sides = graph.constant('int64', [2], [2, 3])
  const means = graph.node('ReduceMean', [pixels, sides], { keepdims: 0 })
  return graph.node('Unsqueeze', [means, graph.constant('int64', [1], [1])])
}

/** How long an axis is, as a number to compute with. */
export function writeLength(graph: TinyGraph, value: string, axis: number): string {
  const shape = graph.node('Shape', [value])
  const length = graph.node('Gather', [shape, graph.constant('int64', [], [axis])])
  return graph.node('Cast', [length], { to: typeIds.float32 })
}

const oneHot = (size: number, index: number, value: number) =>
  Array.from({ length: size }, (_, i) => (i === index ? value : 0))
