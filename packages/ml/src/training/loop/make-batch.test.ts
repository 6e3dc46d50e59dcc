import { expect, test } from 'vitest'
import { drawView, plainView } from '../../image/draw-view.ts'
import { createRandom } from '../../random.ts'
import { END, PAD, START } from '../../tokenizer/vocabulary.ts'
import type { TeacherTargets } from '../teacher/teacher-targets.ts'
import { randomView } from './augment.ts'
import { type Batch, makeBatch, shuffleEpoch } from './make-batch.ts'
import type { TrainingImage } from './training-data.ts'

const augment = { leastArea: 0.5, colorRange: 0.2 }
const options = { side: 4, captions: 2, length: 5, labels: 3, augment }

/** Pictures of one byte each: their index times ten. */
const source = {
  imageSize: 6,
  readPixels: (index: number, into: Uint8Array) => void into.fill(index * 10),
}

const imageOf = (index: number, captions: number[][], labels: number[] = []): TrainingImage => ({
  image: { index, id: `${index}`, file: `${index}.png`, split: 'train', captions: ['-'] },
  captions,
  labels,
})

const make = (images: TrainingImage[], seed = 1, changed: Partial<typeof options> = {}) =>
  makeBatch(images, source, { ...options, ...changed }, createRandom(seed))

const rowsOf = (values: BigInt64Array | Float32Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) =>
    Array.from(values.subarray(i * width, (i + 1) * width), Number),
  )

/** A caption as it was laid out, without start, end and padding. */
const captionsOf = (batch: Batch, length = options.length) =>
  rowsOf(batch.tokens, length).map((row) => row.slice(1).filter((id) => id !== PAD))

test('a caption is fed from the start on, and wanted up to the end; padding has no weight', () => {
  const batch = make([imageOf(0, [[7, 8]])], 1, { captions: 1 })
  expect(rowsOf(batch.tokens, 5)).toEqual([[START, 7, 8, PAD, PAD]])
  expect(rowsOf(batch.targets, 5)).toEqual([[7, 8, END, PAD, PAD]])
  expect(rowsOf(batch.weights, 5)).toEqual([[1, 1, 1, 0, 0]])
})

test.each([
  ['just fits', [5, 6, 7, 8], [START, 5, 6, 7, 8], [5, 6, 7, 8, END]],
  ['is one word too long', [5, 6, 7, 8, 9], [START, 5, 6, 7, 8], [5, 6, 7, 8, 9]],
  ['is far too long', [5, 6, 7, 8, 9, 10, 11], [START, 5, 6, 7, 8], [5, 6, 7, 8, 9]],
])(
  'a caption that %s is laid out without an end that is not there',
  (_what, caption, fed, wanted) => {
    const batch = make([imageOf(0, [caption])], 1, { captions: 1 })
    expect(rowsOf(batch.tokens, 5)).toEqual([fed])
    expect(rowsOf(batch.targets, 5)).toEqual([wanted])
    expect(rowsOf(batch.weights, 5)).toEqual([[1, 1, 1, 1, 1]])
  },
)

test('an image’s captions follow one another, and no caption comes twice before all have', () => {
  const captions = [[5], [6], [7]]
  for (let seed = 0; seed < 20; seed++) {
    const batch = make([imageOf(0, captions), imageOf(1, [[8]])], seed, { captions: 4 })
    const rows = captionsOf(batch).flat()
    expect(rows.slice(0, 3).toSorted()).toEqual([5, 6, 7])
    expect([5, 6, 7]).toContain(rows[3])
    expect(rows.slice(4)).toEqual([8, 8, 8, 8])
  }
})

test('every caption has its turn', () => {
  const image = imageOf(0, [[5], [6], [7], [8], [9]])
  const seen = Array.from({ length: 60 }, (_, seed) =>
    captionsOf(make([image], seed)).flat(),
  ).flat()
  expect(new Set(seen)).toEqual(new Set([5, 6, 7, 8, 9]))
  expect(image.captions).toEqual([[5], [6], [7], [8], [9]])
})

test('labels are 1 where an image has them', () => {
  const batch = make([imageOf(0, [[5]], [2, 0]), imageOf(1, [[5]]), imageOf(2, [[5]], [1])])
  expect(rowsOf(batch.labels, 3)).toEqual([
    [1, 0, 1],
    [0, 0, 0],
    [0, 1, 0],
  ])
})

test('an image without captions has rows that do not count, and no labels', () => {
  const batch = make([imageOf(0, [[5]], [1]), imageOf(1, [])], 1, { captions: 1 })
  expect(rowsOf(batch.weights, 5)).toEqual([
    [1, 1, 0, 0, 0],
    [0, 0, 0, 0, 0],
  ])
  expect([...batch.captioned]).toEqual([1, 0])
  expect([...batch.labels]).toEqual([0, 1, 0, 0, 0, 0])
})

test('with a teacher an image is cut as in one of its views, and both are mirrored together', () => {
  const taken: { index: number; view: number; mirrored: boolean }[] = []
  const targets: TeacherTargets = {
    ...{ grid: 1, channels: 2, views: 3 },
    cropOf: (index, view) => ({ left: view, top: 0, width: 3 + index, height: 3 }),
    read(index, view, { mirrored, into }) {
      taken.push({ index, view, mirrored })
      into.set([index, view])
    },
    close() {},
  }
  const slope = (_: number, into: Uint8Array) => void into.set(into.map((_value, i) => i % 18))
  const seen = { imageSize: 6, readPixels: slope, targets }
  for (let seed = 0; seed < 12; seed++) {
    const images = [imageOf(1, [[5]]), imageOf(0, [[5]])]
    const batch = makeBatch(
      images,
      seen,
      { ...options, augment: { leastArea: 1, colorRange: 0 } },
      createRandom(seed),
    )
    for (const [i, { index, view, mirrored }] of taken.splice(0).entries()) {
      const into = new Float32Array(48)
      const bytes = new Uint8Array(108)
      slope(0, bytes)
      const shown = { ...plainView(targets.cropOf(index, view)), mirrored }
      drawView(bytes, 6, shown, { into, offset: 0, side: 4 })
      expect(batch.pixels!.subarray(i * 48, (i + 1) * 48)).toEqual(into)
      expect([...batch.teacher!.subarray(i * 2, i * 2 + 2)]).toEqual([index, view])
    }
  }
  const { teacher } = makeBatch(
    [imageOf(1, [[5]])],
    seen,
    { side: 4, captions: 1, length: 5, labels: 3 },
    createRandom(1),
  )
  expect(taken).toEqual([{ index: 1, view: 0, mirrored: false }])
  expect([...teacher!]).toEqual([1, 0])
})

test('each image is read and drawn at its place, as a view by chance', () => {
  const batch = make([imageOf(3, [[5]]), imageOf(1, [[5]])], 9)
  expect(batch.pixels!).toHaveLength(2 * 3 * 16)
  const expected = new Float32Array(3 * 16)
  const view = randomView(6, augment, createRandom(9))
  drawView(new Uint8Array(108).fill(30), 6, view, { into: expected, offset: 0, side: 4 })
  expect(batch.pixels!.subarray(0, 48)).toEqual(expected)
  expect(Math.max(...batch.pixels!.subarray(48))).toBeLessThan(Math.min(...expected))
})

test('the same chance gives the same batch', () => {
  const images = [imageOf(0, [[5], [6], [7]]), imageOf(1, [[8], [9]])]
  expect(make(images, 5)).toEqual(make(images, 5))
  expect(make(images, 5)).not.toEqual(make(images, 6))
})

test('an epoch sees every image once, in an order of its own that is the same every time', () => {
  const order = (seed: number, epoch: number) => shuffleEpoch(40, { seed, epoch })
  expect(order(1, 0).toSorted((a, b) => a - b)).toEqual([...Array(40).keys()])
  expect(order(1, 0)).toEqual(order(1, 0))
  expect(order(1, 0)).not.toEqual(order(1, 1))
  expect(order(1, 0)).not.toEqual(order(2, 0))
})
