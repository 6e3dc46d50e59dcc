import { isUnspaced } from '@descry/formats'
import { UNKNOWN } from '../../tokenizer/vocabulary.ts'
import type { TrainingData } from './training-data.ts'

/** What of the captions a model does not learn as it was written. */
export type CaptionCounts = {
  captions: number
  words: number
  /** Words that are not in the vocabulary. */
  unknown: number
  /** Captions that are too long, and are cut. */
  cut: number
  /** Words of the longest caption. */
  longest: number
  /** Captions without spaces between words, each of which is one word to the model. */
  unspaced: number
}

export function countCaptions(
  { images }: Pick<TrainingData, 'images'>,
  { length }: { length: number },
): CaptionCounts {
  const captions = images.flatMap((image) => image.captions)
  const words = captions.flat()
  return {
    captions: captions.length,
    words: words.length,
    unknown: words.filter((id) => id === UNKNOWN).length,
    cut: captions.filter((ids) => ids.length + END_TOKEN > length).length,
    longest: captions.reduce((most, ids) => Math.max(most, ids.length), 0),
    unspaced: images.flatMap(({ image }) => image.captions).filter(isUnspaced).length,
  }
}

/** The end of a caption is a token as well. */
const END_TOKEN = 1
