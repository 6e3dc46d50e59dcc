import { MORE, TOKEN, WRITTEN } from './tiny-embedding.ts'
import { type TinyGraph, typeIds } from './tiny-graph.ts'

/** Places [N, T, WIDTH] → what they say together. */
export function readPlaces(graph: TinyGraph, places: string) {
  const along = graph.constant('int64', [1], [1])
  const sum = graph.node('ReduceSum', [places, along], { keepdims: 1 }) // [N, 1, WIDTH]
  const column = (index: number) =>
    graph.node('Gather', [sum, graph.constant('int64', [], [index])], { axis: 2 })
  const plus = (a: string, b: string) => graph.node('Add', [a, b])
  return {
    /** [N, 1, 3] */
    colours: graph.node('Gather', [sum, graph.constant('int64', [3], [0, 1, 2])], { axis: 2 }),
    /** [N, 1] */
    written: column(WRITTEN),
    wanted: plus(graph.constant('float32', [], [3]), plus(column(MORE[0]), column(MORE[1]))),
  }
}

/** Places [N, S, WIDTH] → the tokens there [N, S]. */
export function readTokens(graph: TinyGraph, places: string): string {
  const column = graph.constant('int64', [], [TOKEN])
  const numbers = graph.node('Gather', [places, column], { axis: 2 })
  return graph.node('Cast', [numbers], { to: typeIds.int64 })
}
