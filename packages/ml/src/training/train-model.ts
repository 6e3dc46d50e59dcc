import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import { cacheFeatures } from './dataset/cache-features.ts'
import type { FeatureStore } from './dataset/feature-store.ts'
import { createEpochEvaluation } from './evaluate-epoch.ts'
import { createSelfCriticalSampler } from './loop/self-critical.ts'
import { trainLoop } from './loop/train-loop.ts'
import { openTeaching } from './teacher/open-teaching.ts'
import type { TrainModelOptions } from './train-model-options.ts'
import type { TrainingSettings } from './training-settings.ts'

/** Trains, captions dev after each epoch, and keeps the weights with the best CIDEr as the model. */
export async function trainModel(given: TrainModelOptions): Promise<void> {
  const options = { ...given, settings: withoutSmoothing(given.settings) }
  const { settings, onProgress } = options
  await using runtime = await openRuntime({ ...options.runtime, spinning: true })
  await using teaching = await openTeaching(options, runtime)
  const { teacher, unlabeled } = teaching
  const features = await openFeatures(options, runtime)
  try {
    await trainLoop({
      ...options,
      features,
      teacher,
      unlabeled,
      init: options.init?.model,
      sampleCaptions: settings.selfCritical ? createSampler(options, runtime) : undefined,
      compile: async (onnx) => (await runtime.openSession(onnx)).run,
      evaluate: createEpochEvaluation(options, { runtime, features, unlabeled }),
      onStart: (start) => onProgress?.({ kind: 'start', ...start }),
      onStep: (step) => void onProgress?.({ kind: 'step', ...step }),
      onEpoch: (report) => onProgress?.({ kind: 'epoch', report }),
    })
  } finally {
    features?.close()
  }
}

/** Sampled captions are weighted by their reward, which label smoothing would blur. */
const withoutSmoothing = (settings: TrainingSettings): TrainingSettings =>
  settings.selfCritical ? { ...settings, smoothing: 0 } : settings

const createSampler = ({ data, settings }: TrainModelOptions, runtime: Runtime) =>
  createSelfCriticalSampler(
    data.images.filter(({ split }) => split === 'train'),
    runtime,
    settings,
  )

/** The backbone's features of all images, from the disk where they were computed before. */
async function openFeatures(
  { data, backbone, signal, onProgress }: TrainModelOptions,
  runtime: Runtime,
): Promise<FeatureStore | undefined> {
  if (!backbone) return undefined
  const session = await runtime.openSession(backbone.onnx)
  try {
    return await cacheFeatures(data, backbone, {
      run: session.run,
      signal,
      onProgress: (progress) =>
        void onProgress?.({ kind: 'features', network: 'backbone', ...progress }),
    })
  } finally {
    await session.dispose()
  }
}
