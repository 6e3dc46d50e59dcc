import { compareCiderVectors } from '../../metrics/cider.ts'
import { type CiderVector, toCiderVector, weighByImages } from '../../metrics/cider-vector.ts'
import { createNgramIndex } from '../../metrics/ngram-index.ts'

/** CIDEr-D of a caption of one of the images, 0 to 10. */
export type CiderReward = (image: number, caption: { tokens: string; ended: boolean }) => number

/**
 * What self-critical training maximises: CIDEr-D with the document frequencies of the training images.
 * The end of a caption counts as a word, or captions that break off would be rewarded.
 * Source: Rennie et al. 2017, "Self-critical Sequence Training for Image Captioning".
 */
export function createCiderReward(references: readonly (readonly string[])[]): CiderReward {
  const ended = references.map((texts) => ({ references: texts.map(markEnd) }))
  const index = createNgramIndex()
  const weights = weighByImages(ended, index)
  const toVector = (text: string): CiderVector => toCiderVector(index.count(text), weights)
  const vectors = ended.map((image) => image.references.map(toVector))
  return (image, { tokens, ended: isWhole }) =>
    compareCiderVectors(toVector(isWhole ? markEnd(tokens) : tokens), vectors[image]!)
}

const markEnd = (tokens: string): string => `${tokens} <end>`
