import { RuntimeFailure } from './runtime-failure.ts'
import type { TensorValue, TensorValues, ValueInfo, Values, ValueType } from './tensor-value.ts'

/** Throws unless every input has a value that fits, in `feeds` or held before. */
export function checkFeeds(
  feeds: TensorValues,
  inputs: readonly ValueInfo[],
  held: ReadonlySet<string>,
): void {
  checkValues(feeds, inputs)
  const missing = inputs.filter(({ name }) => !Object.hasOwn(feeds, name) && !held.has(name))
  if (missing.length === 0) return
  throw wrongInput(`No value is given for ${missing.map(showInfo).join(', ')}.`)
}

/** Throws if a value is for no input, or does not fit its input. */
export function checkValues(values: TensorValues, inputs: readonly ValueInfo[]): void {
  for (const [name, value] of Object.entries(values)) {
    const info = inputs.find((input) => input.name === name)
    if (!info) {
      throw wrongInput(`${name} is not an input; there are ${inputs.map(showInfo).join(', ')}.`)
    }
    checkValue(value, info)
  }
}

/** Throws unless each pair is an output and an input of the same type and shape. */
export function checkCarry(
  carry: Readonly<Record<string, string>>,
  { inputs, outputs }: { inputs: readonly ValueInfo[]; outputs: readonly ValueInfo[] },
): void {
  for (const [from, to] of Object.entries(carry)) {
    const output = outputs.find(({ name }) => name === from)
    const input = inputs.find(({ name }) => name === to)
    if (!output) throw wrongInput(`${from} is not an output, so it cannot be carried over.`)
    if (!input) throw wrongInput(`${to} is not an input, so nothing can be carried over to it.`)
    if (output.type !== input.type || show(output.shape) !== show(input.shape)) {
      throw wrongInput(`${showInfo(output)} cannot be carried over to ${showInfo(input)}.`)
    }
  }
}

function checkValue({ data, shape }: TensorValue, info: ValueInfo): void {
  const array = arrays[info.type]
  if (!(data instanceof array)) {
    throw wrongInput(`${showInfo(info)} takes a ${array.name}, not ${nameOf(data)}.`)
  }
  if (isDetached(data)) {
    const text = `The array given for ${showInfo(info)} went away with an earlier run;`
    throw wrongInput(`${text} take it from the feeds of its result, or feed a copy.`)
  }
  if (!fits(shape, info.shape)) {
    throw wrongInput(`${showInfo(info)} was given a value of shape ${show(shape)}.`)
  }
  const size = shape.reduce((product, dimension) => product * dimension, 1)
  if (data.length !== size) {
    throw wrongInput(
      `${info.name} ${show(shape)} has ${size} values, but ${data.length} are given.`,
    )
  }
}

const arrays = {
  float32: Float32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  uint8: Uint8Array,
} as const satisfies Record<ValueType, unknown>

const isDetached = ({ buffer }: Values): boolean => buffer instanceof ArrayBuffer && buffer.detached

const fits = (shape: readonly number[], wanted: ValueInfo['shape']): boolean =>
  shape.length === wanted.length &&
  shape.every(
    (size, i) =>
      Number.isInteger(size) && size >= 0 && (typeof wanted[i] === 'string' || size === wanted[i]),
  )

const wrongInput = (text: string) => new RuntimeFailure('wrong-input', text)

const showInfo = ({ name, type, shape }: ValueInfo): string => `${name} (${type} ${show(shape)})`

const show = (shape: readonly (number | string)[]): string => `[${shape.join(', ')}]`

const nameOf = (value: unknown): string =>
  (value as object | undefined)?.constructor?.name ?? `${value}`
