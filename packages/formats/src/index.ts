export type { TableOptions } from './datasets/caption-columns.ts'
export { type DatasetFormat, datasetFormats } from './datasets/dataset-formats.ts'
export { readDataset } from './datasets/read-dataset.ts'
export { FormatError, type FormatErrorCode } from './format-error.ts'
export { isPrintedList } from './is-printed-list.ts'
export { type ImageList, listImages } from './list-images.ts'
export { createCaptionReader, readCaptionJson, readHypothesisJson } from './read-caption-json.ts'
export { readJsonItems } from './read-json-items.ts'
export { findSharedSidecars } from './shared-sidecars.ts'
export { sidecarPath } from './sidecar-path.ts'
export {
  type ExistingSidecar,
  readSidecar,
  type SidecarOutcome,
  toOneLine,
  writeSidecar,
} from './text-sidecar.ts'
export { isUnspaced, segmenterName, segmentWords } from './unspaced-text.ts'
