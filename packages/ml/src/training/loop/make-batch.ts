import { drawView, plainView, type View, wholeView } from '../../image/draw-view.ts'
import { createRandom, type Random, shuffle } from '../../random.ts'
import { END, PAD, START } from '../../tokenizer/vocabulary.ts'
import type { FeatureStore } from '../dataset/feature-store.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import type { TeacherTargets } from '../teacher/teacher-targets.ts'
import { type AugmentOptions, randomView, varyView } from './augment.ts'
import type { TrainingImage } from './training-data.ts'

export type BatchOptions = {
  /** Pixels along each side of what the model takes. */
  side: number
  /** Captions of each image. */
  captions: number
  /** Tokens of a caption, padding included. */
  length: number
  labels: number
  /** Absent: pictures are shown whole. */
  augment?: AugmentOptions
}

/** The inputs of one training step, by their names in `buildTrainingGraph`. */
export type Batch = {
  /** One of the two: what the model's encoder takes. */
  pixels?: Float32Array
  features?: Float32Array
  /** The teacher's features of the pictures as they are drawn. */
  teacher?: Float32Array
  tokens: BigInt64Array
  targets: BigInt64Array
  weights: Float32Array
  labels: Float32Array
  /** 1 where an image has captions, 0 where it is there for the teacher alone. */
  captioned: Float32Array
}

/** The order in which an epoch sees the images; what does not fill a batch waits for the next epoch. */
export function shuffleEpoch(
  images: number,
  { seed, epoch }: { seed: number; epoch: number },
): number[] {
  return shuffle([...Array(images).keys()], createRandom(seed, epoch, ORDER))
}

const ORDER = 0x6f72

/** Where pictures come from: pixels, or the features of a frozen network; and a teacher's targets. */
export type PictureSource = Pick<PreparedDataset, 'imageSize' | 'readPixels'> & {
  features?: FeatureStore | undefined
  targets?: TeacherTargets | undefined
}

/**
 * Reads and augments images and lays their captions out; all randomness comes from `random`. Features are
 * taken as they are. With a teacher's targets, a picture is cut as in one of the views that the teacher saw.
 */
export function makeBatch(
  images: readonly TrainingImage[],
  source: PictureSource,
  options: BatchOptions,
  random: Random,
): Batch {
  const { captions, length, labels } = options
  const rows = images.length * captions
  const batch = {
    ...drawPictures(images, source, options, random),
    tokens: new BigInt64Array(rows * length).fill(BigInt(PAD)),
    targets: new BigInt64Array(rows * length).fill(BigInt(PAD)),
    weights: new Float32Array(rows * length),
    labels: new Float32Array(images.length * labels),
    captioned: Float32Array.from(images, (image) => (image.captions.length > 0 ? 1 : 0)),
  }
  for (const [i, image] of images.entries()) {
    for (const label of image.labels) batch.labels[i * labels + label] = 1
    for (const [k, caption] of drawCaptions(image.captions, captions, random).entries()) {
      writeCaption(caption, batch, (i * captions + k) * length, length)
    }
  }
  return batch
}

function drawPictures(
  images: readonly TrainingImage[],
  { imageSize, readPixels, features, targets }: PictureSource,
  { side, augment }: BatchOptions,
  random: Random,
): Pick<Batch, 'pixels' | 'features' | 'teacher'> {
  if (features) {
    const length = features.tokens * features.channels
    const all = new Float32Array(images.length * length)
    for (const [i, { image }] of images.entries()) {
      features.read(image.index, all.subarray(i * length, (i + 1) * length))
    }
    return { features: all }
  }
  const pixels = new Float32Array(images.length * 3 * side * side)
  const bytes = new Uint8Array(imageSize * imageSize * 3)
  const length = targets ? targets.grid ** 2 * targets.channels : 0
  const teacher = new Float32Array(images.length * length)
  for (const [i, { image }] of images.entries()) {
    readPixels(image.index, bytes)
    const into = teacher.subarray(i * length, (i + 1) * length)
    const view = targets
      ? drawTaughtView(image.index, targets, { augment, into, random })
      : drawAnyView(imageSize, augment, random)
    drawView(bytes, imageSize, view, { into: pixels, offset: i * 3 * side * side, side })
  }
  return targets ? { pixels, teacher } : { pixels }
}

const drawAnyView = (size: number, augment: AugmentOptions | undefined, random: Random): View =>
  augment ? randomView(size, augment, random) : wholeView(size)

type TaughtViewOptions = {
  augment: AugmentOptions | undefined
  into: Float32Array
  random: Random
}

/** One of the views that the teacher saw, and what it said, mirrored together. */
function drawTaughtView(
  index: number,
  targets: TeacherTargets,
  { augment, into, random }: TaughtViewOptions,
): View {
  const which = augment ? Math.floor(random() * targets.views) : 0
  const cut = targets.cropOf(index, which)
  const view = augment ? varyView(cut, augment, random) : plainView(cut)
  targets.read(index, which, { mirrored: view.mirrored, into })
  return view
}

/** `count` different captions, some again where there are not so many; none of a picture that has none. */
function drawCaptions(captions: readonly number[][], count: number, random: Random): number[][] {
  if (captions.length === 0) return []
  const drawn: number[][] = []
  while (drawn.length < count) drawn.push(...shuffle([...captions], random))
  return drawn.slice(0, count)
}

/** Inputs: start w₁ … wₙ. Targets: w₁ … wₙ end. What does not fit is cut off, and then has no end. */
function writeCaption(caption: readonly number[], batch: Batch, at: number, length: number): void {
  const inputs = [START, ...caption].slice(0, length)
  const outputs = [...caption, END].slice(0, length)
  for (const [t, id] of inputs.entries()) batch.tokens[at + t] = BigInt(id)
  for (const [t, id] of outputs.entries()) {
    batch.targets[at + t] = BigInt(id)
    batch.weights[at + t] = 1
  }
}
