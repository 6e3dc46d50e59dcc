export { type DatasetFormat, datasetFormats } from './datasets/dataset-formats.ts'
export { readDataset } from './datasets/read-dataset.ts'
export { FormatError, type FormatErrorCode } from './format-error.ts'
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
