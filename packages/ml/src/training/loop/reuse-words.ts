import type { LoadedModel } from '../../models/load-model.ts'
import { readVocabulary, UNKNOWN } from '../../tokenizer/vocabulary.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import { TrainingError } from '../training-error.ts'
import type { TrainingSettings } from '../training-settings.ts'
import { encodeTrainingData, type TrainingData } from './training-data.ts'

/** The training images in the vocabulary and with the labels of the model to start from. */
export function reuseWords(
  init: LoadedModel,
  data: PreparedDataset,
  settings: TrainingSettings,
): TrainingData {
  const { vocabulary: known, labels } = init.card
  const vocabulary = readVocabulary(known)
  const training = data.images.filter(({ split }) => split === 'train')
  const images = encodeTrainingData(training, { vocabulary, labels })
  if (images.length === 0) throw new TrainingError(`${data.folder} has no images to train on.`)
  if (images.every(({ captions }) => captions.flat().every((id) => id === UNKNOWN))) {
    throw new TrainingError(
      `The model to start from knows no word of the captions of ${data.folder}. Train a new one, without --init.`,
    )
  }
  if (init.card.settings.architecture !== settings.model.architecture) {
    throw new TrainingError(
      `The model to start from is ${init.card.settings.architecture}, not ${settings.model.architecture}.`,
    )
  }
  return { vocabulary, labels, images }
}
