import { type LoadedModel, loadModel } from '../models/load-model.ts'
import type { ModelCard } from '../models/model-card.ts'
import { openRuntime, type RuntimeOptions } from '../runtime/runtime.ts'
import { createSessionCache } from '../runtime/session-cache.ts'
import { type CaptionedImage, type CaptionOptions, captionImages } from './caption-images.ts'
import type { InferenceContext } from './run-encoder.ts'

export type OpenCaptioner = InferenceContext &
  AsyncDisposable & {
    card: ModelCard
    /** Each picture is RGB, `card.preprocessing.square` pixels a side: see `decodeSquare`. */
    caption(pictures: readonly Uint8Array[], options?: CaptionOptions): Promise<CaptionedImage[]>
    dispose(): Promise<void>
  }

/** A model folder, or one that was read already, ready to caption in a thread of its own. */
export async function openCaptioner(
  model: string | LoadedModel,
  options: RuntimeOptions = {},
): Promise<OpenCaptioner> {
  const { card, values, backbone } = typeof model === 'string' ? await loadModel(model) : model
  const runtime = await openRuntime(options)
  const cache = createSessionCache(runtime, { maxSessions: MAX_SESSIONS })
  const context: InferenceContext = { model: card, values, backbone, use: cache.use }
  const dispose = async () => {
    await cache.dispose()
    await runtime.dispose()
  }
  return {
    ...context,
    card,
    caption: (pictures, captionOptions) => captionImages(pictures, context, captionOptions),
    dispose,
    [Symbol.asyncDispose]: dispose,
  }
}

/** Encoders and decoders for a few sizes of batch. */
const MAX_SESSIONS = 8
