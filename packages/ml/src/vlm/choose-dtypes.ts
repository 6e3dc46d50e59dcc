import type { HubFile } from '../hub/hub-file.ts'
import type { VlmCard } from './vlm-card.ts'
import { graphFile, type VlmDtype, type VlmDtypes, vlmDtypes } from './vlm-dtypes.ts'
import { VlmError } from './vlm-error.ts'
import { type VlmFamily, vlmFamilies } from './vlm-families.ts'

export type RequestedDtypes = {
  /** One for all graphs, or each graph in its family's own. Absent: as it was pulled before. */
  dtype?: VlmDtype | 'default' | undefined
}

type Model = { repository: string; family: VlmFamily; before: VlmCard | undefined }

/** The number format of each graph. Throws where the repository does not have one of them so. */
export function chooseDtypes(
  files: readonly HubFile[],
  { repository, family, before, dtype }: Model & RequestedDtypes,
): VlmDtypes {
  const own: VlmDtypes = vlmFamilies[family].dtypes
  const graphs = Object.keys(own)
  const has = (graph: string, format: VlmDtype) =>
    files.some(({ path }) => path === graphFile(graph, format))

  const kept = before?.family === family ? before.dtypes : own
  const all = dtype === undefined ? kept : dtype === 'default' ? own : undefined
  const chosen = all ?? Object.fromEntries(graphs.map((graph) => [graph, dtype as VlmDtype]))
  const absent = graphs.filter((graph) => !has(graph, chosen[graph]!))
  if (absent.length === 0) return chosen

  const whole = vlmDtypes.filter((format) => graphs.every((graph) => has(graph, format)))
  const missing = absent.map((graph) => graphFile(graph, chosen[graph]!)).join(', ')
  const offer =
    whole.length === 0
      ? 'It has no number format with all graphs that this kind of model needs; choose another repository.'
      : `Choose another number format with --dtype: it has ${whole.join(', ')}.`
  throw new VlmError('unsupported-model', `${repository} has no ${missing}. ${offer}`)
}
