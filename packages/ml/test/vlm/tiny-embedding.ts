import { tinyGraph } from './tiny-graph.ts'
import type { TinyTokenizer } from './tiny-tokenizer.ts'
import { tinyWords, writeColours } from './tiny-writer.ts'

/**
 * What a place of a text is to the tiny models that read prompts: how much red, green and blue is there;
 * which token; is it a word of the answer; does it ask for more, or for much more?
 */
export const WIDTH = 7
export const TOKEN = 3
export const WRITTEN = 4
export const MORE = [5, 6] as const

/** Words of a prompt that make the answer longer than its three words, and by how many. */
const wishes = { ' detail': 3, ' paragraph': 6 } as const
export const tinyWishes = Object.keys(wishes)

/** `embed_tokens`: input_ids [N, S] → inputs_embeds [N, S, WIDTH] */
export function writeEmbedding({ size, idOf }: TinyTokenizer): Buffer {
  const table = new Array<number>(size * WIDTH).fill(0)
  for (let id = 0; id < size; id++) table[id * WIDTH + TOKEN] = id
  for (const word of tinyWords) table[idOf(word) * WIDTH + WRITTEN] = 1
  Object.entries(wishes).forEach(([word, more], i) => {
    table[idOf(word) * WIDTH + MORE[i]!] = more
  })
  const graph = tinyGraph()
  const tokens = graph.input('input_ids', 'int64', ['batch_size', 'sequence_length'])
  const rows = graph.node('Gather', [graph.constant('float32', [size, WIDTH], table), tokens])
  graph.output('inputs_embeds', rows, 'float32', ['batch_size', 'sequence_length', WIDTH])
  return graph.toFile()
}

/** [N, 3, H, W] → [N, 1, WIDTH]: the colours of a picture as a place of a text. */
export function writePicture(graph: ReturnType<typeof tinyGraph>, pixels: string): string {
  const widen = Array.from({ length: 3 * WIDTH }, (_, i) => (i % (WIDTH + 1) === 0 ? 1 : 0))
  const matrix = graph.constant('float32', [3, WIDTH], widen)
  return graph.node('MatMul', [writeColours(graph, pixels), matrix])
}
