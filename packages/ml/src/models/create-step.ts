import type { Step } from '../decode/step.ts'
import { sizeOf } from '../graph/tensor.ts'
import { createNetwork } from './create-network.ts'
import { NEXT, STATE } from './inference-graphs.ts'
import type { ModelSettings } from './model-settings.ts'
import { createParameters } from './parameters.ts'

export type TensorValue = {
  data: Float32Array | BigInt64Array | Uint8Array
  shape: readonly number[]
}
type TensorValues = Readonly<Record<string, TensorValue>>

/** Runs a compiled graph. Arrays that are fed are lent: those that come back under `feeds` are whole. */
export type RunGraph = (feeds: TensorValues) => Promise<{
  outputs: Record<string, TensorValue>
  feeds: Record<string, TensorValue>
}>

/** A compiled graph whose values can stay where it runs, see `SessionState`. */
export type StatefulGraph = {
  hold(values: TensorValues): Promise<void>
  run(
    feeds: TensorValues,
    options: { carry: Readonly<Record<string, string>> },
  ): Promise<{ outputs: Record<string, TensorValue> }>
}

export type StepOptions = {
  settings: ModelSettings
  /** A decoder step that was compiled for so many images and rows. */
  graph: StatefulGraph
  images: number
  rows: number
  /** What the encoder said about the pictures. */
  image: TensorValues
}

/**
 * A decoder's `Step` over a compiled graph. What is known of the pictures, and what the rows remember,
 * stays with the graph; only tokens and logits travel.
 */
export async function createStep(options: StepOptions): Promise<Step> {
  const { settings, graph, images, rows, image } = options
  const { vocabulary } = settings.decoder
  const { state } = createNetwork(settings, createParameters()).decoder
  const carry = Object.fromEntries(Object.keys(state).map((name) => [NEXT + name, STATE + name]))
  await graph.hold(image)
  for (const [name, shape] of Object.entries(state)) {
    const data = new Float32Array(rows * sizeOf(shape))
    await graph.hold({ [STATE + name]: { data, shape: [rows, ...shape] } })
  }
  const places = rows / images
  let before: Place[] = []
  let position = 0

  return async (tokens, parents) => {
    const now = placeRows(
      Array.from(parents, (parent) => (position === 0 ? parent : before[parent]!.image)),
      places,
    )
    const fed = { tokens: new BigInt64Array(rows), parents: new BigInt64Array(rows) }
    for (const [row, { place }] of now.entries()) {
      fed.tokens[place] = BigInt(tokens[row]!)
      if (position > 0) fed.parents[place] = BigInt(before[parents[row]!]!.place)
    }
    const { outputs } = await graph.run(
      {
        tokens: { data: fed.tokens, shape: [rows] },
        parents: { data: fed.parents, shape: [rows] },
        position: { data: BigInt64Array.of(BigInt(position)), shape: [1] },
      },
      { carry },
    )
    before = now
    position++
    return gatherRows(outputs.logits!.data as Float32Array, now, vocabulary)
  }
}

/** Where a row of the caller is among the rows of the graph. */
type Place = { image: number; place: number }

/** The rows of an image take its places in their order. */
function placeRows(imageOf: readonly number[], places: number): Place[] {
  const taken = new Map<number, number>()
  return imageOf.map((image) => {
    const next = taken.get(image) ?? 0
    if (next === places) throw new RangeError(`Image ${image} has more than ${places} rows.`)
    taken.set(image, next + 1)
    return { image, place: image * places + next }
  })
}

/** The logits of the caller's rows, without a copy where they are the first of the graph's. */
function gatherRows(logits: Float32Array, rows: readonly Place[], V: number): Float32Array {
  if (rows.every(({ place }, row) => place === row)) return logits.subarray(0, rows.length * V)
  const gathered = new Float32Array(rows.length * V)
  for (const [row, { place }] of rows.entries()) {
    gathered.set(logits.subarray(place * V, (place + 1) * V), row * V)
  }
  return gathered
}
