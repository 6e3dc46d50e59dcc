import type { TableOptions } from './caption-columns.ts'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import type { SplitName } from './split-name.ts'

/** What a format has to know: how it is recognised, and how its files become entries. */
export type DatasetReader = {
  /** By which it is chosen. */
  name: string
  /** Its files, for help texts. */
  about: string
  /** Completes "looked for …". */
  expects: string
  find(folder: DatasetFolder, table: TableOptions): Promise<FoundFormat | undefined>
  read(folder: DatasetFolder, found: FoundFormat, table: TableOptions): Promise<DatasetEntries>
}

export type FoundFormat = {
  /** What will be read, relative to the dataset's folder. */
  files: string[]
  recognisedBy: string
  /** Has named columns, so that options about columns say something. */
  hasColumns?: boolean
}

export type DatasetEntries = {
  entries: DatasetEntry[]
  leftOut: DatasetFinding[]
  warnings: DatasetFinding[]
}

/** An image as the dataset describes it; nothing about it is checked yet. */
export type DatasetEntry = {
  id?: string
  file: string
  captions: string[]
  split?: SplitName | undefined
}

export const noEntries = (): DatasetEntries => ({ entries: [], leftOut: [], warnings: [] })
