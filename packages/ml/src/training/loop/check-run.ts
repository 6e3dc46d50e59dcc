import { readdir } from 'node:fs/promises'
import type { ModelSettings } from '../../models/model-settings.ts'
import type { FeatureStore } from '../dataset/feature-store.ts'
import { TrainingError } from '../training-error.ts'
import type { TrainLoopOptions } from './train-loop-options.ts'

/** A model without a checkpoint is not ours to replace: the built-in one, or the one to start from. */
export async function refuseModelFolder(out: string): Promise<void> {
  const names = await readdir(out)
  if (names.includes('checkpoint.bin') || !names.includes('model.json')) return
  throw new TrainingError(`${out} holds a model already. Give another --out.`)
}

/** Only an encoder that learns can be taught. */
export function checkTeaching(
  { encoder }: ModelSettings,
  { teacher, settings, unlabeled }: TrainLoopOptions,
) {
  if ((teacher === undefined) !== (settings.teaching === undefined)) {
    throw new TrainingError('A teacher and the settings of teaching belong together: give both.')
  }
  if (!teacher && unlabeled?.length) {
    throw new TrainingError(
      'Images without captions need a teacher: nothing is learned from them without one.',
    )
  }
  if (!teacher) return
  if (encoder.kind === 'features') {
    throw new TrainingError(
      'This model starts from the features of a frozen backbone, which cannot be taught.',
    )
  }
  if (settings.selfCritical) {
    throw new TrainingError('Self-critical training takes no teacher: teach before it.')
  }
}

export function checkFeatures(
  { encoder }: ModelSettings,
  features: FeatureStore | undefined,
): void {
  if (encoder.kind !== 'features' && !features) return
  if (encoder.kind !== 'features') {
    throw new TrainingError('This model has an encoder of its own and takes no backbone.')
  }
  const { tokens, channels } = encoder
  if (!features) {
    throw new TrainingError('This model starts from the features of a backbone: give --backbone.')
  }
  if (features.tokens === tokens && features.channels === channels) return
  throw new TrainingError(
    `The model takes ${tokens} × ${channels} features of a picture, and the backbone gives ` +
      `${features.tokens} × ${features.channels}.`,
  )
}
