// What captions images: pictures, model folders at work, local vision-language models. What makes, scores
// and fetches models has entries of its own (training, metrics, vlm), so that a caption does not load it.
export { HubError } from './hub/hub-error.ts'
export type { HubSettings } from './hub/hub-settings.ts'
export { decodeReduced } from './image/decode-reduced.ts'
export { decodeSquare } from './image/decode-square.ts'
export { type EncodedImage, encodeForSending } from './image/encode-for-sending.ts'
export { ImageError } from './image/image-error.ts'
export { findImageKind, imageHeadLength } from './image/image-kind.ts'
export { type ImageMeasures, measureImage } from './image/measure-image.ts'
export { type NormalizedImage, normalizeImage } from './image/normalize-image.ts'
export { batchCaptions, type SingleCaptioner } from './inference/batch-captions.ts'
export { builtinModelFolder } from './inference/builtin-model-folder.ts'
export type { CaptionedImage } from './inference/caption-images.ts'
export { type CaptionerSpeed, measureCaptionerSpeed } from './inference/measure-captioner-speed.ts'
export { type OpenCaptioner, openCaptioner } from './inference/open-captioner.ts'
export { type LoadedModel, loadModel } from './models/load-model.ts'
export type { ModelCard } from './models/model-card.ts'
export { ModelError } from './models/model-error.ts'
export { type Device, devices } from './runtime/device.ts'
export { RuntimeFailure } from './runtime/runtime-failure.ts'
export { getVlm } from './vlm/find-vlm.ts'
export { type OpenVlm, openVlm } from './vlm/open-vlm.ts'
export { VlmError, type VlmErrorCode } from './vlm/vlm-error.ts'
export {
  type FlorenceTask,
  florenceTasks,
  type VlmFamily,
  vlmFamilies,
} from './vlm/vlm-families.ts'
export type { VlmCaption, VlmRequest } from './vlm/vlm-messages.ts'
