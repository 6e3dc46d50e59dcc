import type { Step } from '../decode/step.ts'
import type { CnnTransformerSettings } from './cnn-transformer.ts'
import { keysValuesNames } from './inference-graphs.ts'

/** Runs a compiled graph. Arrays that are fed are lent: those that come back under `feeds` are whole. */
export type RunGraph = (
  feeds: Record<string, TensorValue>,
) => Promise<{ outputs: Record<string, TensorValue>; feeds: Record<string, TensorValue> }>
export type TensorValue = {
  data: Float32Array | BigInt64Array | Uint8Array
  shape: readonly number[]
}

export type StepOptions = {
  settings: CnnTransformerSettings
  /** A decoder step for `rows` rows. */
  run: RunGraph
  rows: number
  /** What the encoder said about the pictures. */
  image: Readonly<Record<string, TensorValue>>
}

/**
 * A decoder's `Step` over a compiled graph: keeps the key/value cache, and fills up to the rows the graph
 * was compiled for.
 */
export function createStep({ settings, run, rows, image: encoded }: StepOptions): Step {
  const { heads, width, length, layers, vocabulary } = settings.decoder
  const names = keysValuesNames('cache', layers)
  const shape = [rows, heads, length, width / heads]
  let cache = Object.fromEntries(
    names.map((name) => [name, { data: new Float32Array(rows * length * width), shape }]),
  ) as Record<string, TensorValue>
  let image = encoded
  let imageOf: number[] = []
  let position = 0

  return async (tokens, parents) => {
    if (tokens.length > rows) throw new RangeError(`${tokens.length} rows do not fit ${rows}.`)
    // At the first position a row's parent is its picture, and every cache is empty.
    imageOf = Array.from(parents, (parent) => (position === 0 ? parent : imageOf[parent]!))
    const { outputs, feeds } = await run({
      tokens: integers(tokens, rows),
      parents: integers(position === 0 ? [] : parents, rows),
      images: integers(imageOf, rows),
      position: integers([position], 1),
      ...cache,
      ...image,
    })
    cache = Object.fromEntries(names.map((name) => [name, outputs[name.replace('cache', 'next')]!]))
    image = Object.fromEntries(Object.keys(image).map((name) => [name, feeds[name]!]))
    position++
    return (outputs.logits!.data as Float32Array).subarray(0, tokens.length * vocabulary)
  }
}

/** As int64, filled up with zeros. */
function integers(values: ArrayLike<number>, length: number): TensorValue {
  const data = new BigInt64Array(length)
  for (let i = 0; i < values.length; i++) data[i] = BigInt(values[i]!)
  return { data, shape: [length] }
}
