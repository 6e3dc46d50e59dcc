import {
  type CaptionedImage,
  type CaptionOptions,
  captionImages,
} from '../../inference/caption-images.ts'
import type { InferenceContext } from '../../inference/run-encoder.ts'
import type { CaptionPair } from '../../metrics/metric.ts'
import { tokenizePairs } from '../../metrics/tokenize-pairs.ts'
import { DataError } from '../dataset/data-error.ts'
import type { FeatureStore } from '../dataset/feature-store.ts'
import type { PreparedDataset, PreparedImage } from '../dataset/prepared-dataset.ts'
import type { PictureSource } from '../loop/make-batch.ts'

export type EvaluatedImage = CaptionedImage & { image: PreparedImage; pair: CaptionPair }

export type CaptionedSplitOptions = CaptionOptions & {
  /** Instead of pixels, where they are there already. */
  features?: FeatureStore | undefined
  split: 'train' | 'dev' | 'test'
  /** At most so many images, from the front. */
  maxImages?: number
  /** Images captioned together; default 32. */
  batchSize?: number
  signal?: AbortSignal
  onImages?: (count: number) => void
}

/** Captions a split of a dataset, and puts each caption beside its references, tokenized. */
export async function captionSplit(
  data: PreparedDataset,
  captioner: InferenceContext,
  {
    split,
    maxImages,
    batchSize = 32,
    features,
    signal,
    onImages,
    ...options
  }: CaptionedSplitOptions,
): Promise<EvaluatedImage[]> {
  const { square } = captioner.model.preprocessing
  if (!features && data.imageSize !== square) {
    throw new DataError(
      `The model looks at pictures of ${square} pixels, and those of ${data.folder} have ` +
        `${data.imageSize}. Prepare them again with --image-size ${square}.`,
    )
  }
  const images = data.images.filter((image) => image.split === split).slice(0, maxImages)
  const captioned: CaptionedImage[] = []
  for (let start = 0; start < images.length; start += batchSize) {
    signal?.throwIfAborted()
    const some = images.slice(start, start + batchSize)
    const pictures = some.map(({ index }) => readPicture(index, { ...data, features }))
    captioned.push(...(await captionImages(pictures, captioner, options)))
    onImages?.(pictures.length)
  }
  const pairs = tokenizePairs(
    images.map(({ captions }, i) => ({
      hypothesis: captioned[i]!.captions[0]?.text ?? '',
      references: captions,
    })),
  )
  return images.map((image, i) => ({ ...captioned[i]!, image, pair: pairs[i]! }))
}

function readPicture(
  index: number,
  { imageSize, readPixels, features }: PictureSource,
): Uint8Array | Float32Array {
  if (features) {
    const values = new Float32Array(features.tokens * features.channels)
    features.read(index, values)
    return values
  }
  const pixels = new Uint8Array(imageSize * imageSize * 3)
  readPixels(index, pixels)
  return pixels
}
