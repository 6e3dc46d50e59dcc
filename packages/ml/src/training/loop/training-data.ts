import { tokenizeGroups } from '../../metrics/tokenize-pairs.ts'
import {
  buildVocabulary,
  countWords,
  encode,
  UNKNOWN,
  type Vocabulary,
} from '../../tokenizer/vocabulary.ts'
import { conceptKey } from '../../words/find-concept.ts'
import { createLabelTest, groupByConcept, isContentWord } from '../../words/label-words.ts'
import { DataError } from '../dataset/data-error.ts'
import type { PreparedDataset, PreparedImage } from '../dataset/prepared-dataset.ts'

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
  const labelIds = Map.groupBy(labels.keys(), (label) => conceptKey(labels[label]!))
  return images.flatMap((image, i) => {
    const captions = tokenized[i]!.map((text) => encode(vocabulary, text)).filter(
      (ids) => ids.length > 0,
    )
    const concepts = new Set(tokenized[i]!.flatMap((text) => text.split(' ')).map(conceptKey))
    const found = [...concepts].flatMap((concept) => labelIds.get(concept) ?? [])
    return captions.length > 0 ? [{ image, captions, labels: found }] : []
  })
}

/** The captions of each image, tokenized as the metrics take them. */
export function tokenizeEach(images: readonly PreparedImage[]): string[][] {
  return tokenizeGroups(images.map(({ captions }) => captions))
}

/**
 * The commonest things, actions and colours (see `createLabelTest`), or the commonest words that say
 * something where captions name none of these; all forms of a word are one label and count together.
 */
function chooseLabels(
  captions: readonly string[],
  vocabulary: Vocabulary,
  count: number,
): string[] {
  const counts = countWords(captions)
  const visual = vocabulary.words.filter(createLabelTest(captions))
  const words = visual.length > 0 ? visual : vocabulary.words.filter(isContentWord)
  return groupByConcept(words)
    .map(({ word, members }) => ({
      word,
      count: members.reduce((sum, member) => sum + (counts.get(words[member]!) ?? 0), 0),
    }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, count)
    .map(({ word }) => word)
}
