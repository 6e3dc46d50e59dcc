import { type InferenceContext, MAX_BATCH, rowOf, runEncoder } from './run-encoder.ts'
import { photoFeatures } from './score-photo.ts'

/** The features of pictures, without captioning them. */
export async function readPhotoFeatures(
  pictures: readonly Uint8Array[],
  captioner: InferenceContext,
): Promise<Float64Array[]> {
  const { square } = captioner.model.preprocessing
  const features: Float64Array[] = []
  for (let start = 0; start < pictures.length; start += MAX_BATCH) {
    const some = pictures.slice(start, start + MAX_BATCH)
    const { pooled } = await runEncoder(some, captioner)
    for (const [i, pixels] of some.entries()) {
      features.push(photoFeatures(rowOf(pooled!, i), { pixels, square }))
    }
  }
  return features
}
