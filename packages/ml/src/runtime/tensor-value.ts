/** Elements of a tensor, row by row: float32, int64, or bool and uint8. */
export type Values = Float32Array | BigInt64Array | Uint8Array

export type TensorValue = { data: Values; shape: readonly number[] }

export type TensorValues = Readonly<Record<string, TensorValue>>

export const valueTypes = ['float32', 'int64', 'bool', 'uint8'] as const
export type ValueType = (typeof valueTypes)[number]

/** What a model takes or gives; a dimension with a name is free. */
export type ValueInfo = {
  readonly name: string
  readonly type: ValueType
  readonly shape: readonly (number | string)[]
}

/** Always an array with a buffer of its own: `slice` of a Node Buffer would be a view. */
export function copyValues(data: Values): Values {
  return data instanceof Uint8Array ? new Uint8Array(data) : data.slice()
}
