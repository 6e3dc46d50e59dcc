/**
 * The number formats that a graph may be stored in, and how the file's name tells it. Source:
 * `DEFAULT_DTYPE_SUFFIX_MAPPING` of @huggingface/transformers.
 */
const suffixes = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const satisfies Record<string, string>

export type VlmDtype = keyof typeof suffixes
export const vlmDtypes = Object.keys(suffixes) as [VlmDtype, ...VlmDtype[]]

/** The format of each graph of a model. */
export type VlmDtypes = Readonly<Record<string, VlmDtype>>

/** Where a graph lies in its repository. */
export const graphFile = (graph: string, dtype: VlmDtype): string =>
  `onnx/${graph}${suffixes[dtype]}.onnx`

export const listGraphFiles = (dtypes: VlmDtypes): string[] =>
  Object.entries(dtypes).map(([graph, dtype]) => graphFile(graph, dtype))

/** `q8`, or one for each graph: `fp32.fp32.q4.q4`. */
export function nameDtypes(dtypes: VlmDtypes): string {
  const all = Object.values(dtypes)
  return new Set(all).size === 1 ? all[0]! : all.join('.')
}
