import { FUNCTION_WORDS } from '../metrics/meteor/function-words.ts'
import { tokenizeGroups } from '../metrics/tokenize-groups.ts'
import {
  buildVocabulary,
  countWords,
  encode,
  UNKNOWN,
  type Vocabulary,
} from '../tokenizer/vocabulary.ts'
import { DataError } from './data-error.ts'
import type { PreparedDataset, PreparedImage } from './prepared-dataset.ts'

/** An image with its captions as token ids and the labels that occur in them. */
export type TrainingImage = { image: PreparedImage; captions: number[][]; labels: number[] }

export type TrainingData = {
  vocabulary: Vocabulary
  /** Words that the auxiliary head learns to see. */
  labels: string[]
  images: TrainingImage[]
}

export type VocabularyOptions = { minimumCount: number; labels: number }

/** Learns the words of the training split; captions that have no word left are not used. */
export function prepareTrainingData(
  { images, folder }: Pick<PreparedDataset, 'images' | 'folder'>,
  { minimumCount, labels: labelCount }: VocabularyOptions,
): TrainingData {
  const training = images.filter(({ split }) => split === 'train')
  if (training.length === 0) throw new DataError(`${folder} has no images to train on.`)
  const tokenized = tokenizeEach(training)
  const all = tokenized.flat()
  const vocabulary = buildVocabulary(all, { minimumCount })
  const labels = chooseLabels(all, vocabulary, labelCount)
  const encoded = encodeImages(training, tokenized, { vocabulary, labels })
  if (encoded.length === 0) throw new DataError(`${folder} has no images to train on.`)
  if (encoded.every(({ captions }) => captions.flat().every((id) => id === UNKNOWN))) {
    throw new DataError(
      `No word occurs ${minimumCount} times in the captions of ${folder}: give a lower ` +
        '--minimum-count, or more captions.',
    )
  }
  if (labels.length === 0) {
    throw new DataError(`No word in the captions of ${folder} names something: all are grammar.`)
  }
  return { vocabulary, labels, images: encoded }
}

/** The images of a split, for a vocabulary that is there already: that of the model to go on with. */
export function encodeTrainingData(
  images: readonly PreparedImage[],
  words: Pick<TrainingData, 'vocabulary' | 'labels'>,
): TrainingImage[] {
  return encodeImages(images, tokenizeEach(images), words)
}

function encodeImages(
  images: readonly PreparedImage[],
  tokenized: readonly string[][],
  { vocabulary, labels }: Pick<TrainingData, 'vocabulary' | 'labels'>,
): TrainingImage[] {
  const labelIds = new Map(labels.map((word, label) => [word, label]))
  return images.flatMap((image, i) => {
    const captions = tokenized[i]!.map((text) => encode(vocabulary, text)).filter(
      (ids) => ids.length > 0,
    )
    const words = new Set(tokenized[i]!.flatMap((text) => text.split(' ')))
    const found = [...words].flatMap((word) => labelIds.get(word) ?? [])
    return captions.length > 0 ? [{ image, captions, labels: found }] : []
  })
}

/** The captions of each image, tokenized as the metrics take them. */
export function tokenizeEach(images: readonly PreparedImage[]): string[][] {
  return tokenizeGroups(images.map(({ captions }) => captions))
}

/** The commonest words that say something about a picture: no function words, no numbers or marks. */
function chooseLabels(
  captions: readonly string[],
  vocabulary: Vocabulary,
  count: number,
): string[] {
  const counts = countWords(captions)
  return vocabulary.words
    .filter((word) => /^\p{L}[\p{L}\p{M}-]+$/u.test(word) && !FUNCTION_WORDS.has(word))
    .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    .slice(0, count)
}
