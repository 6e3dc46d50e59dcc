import { describe, expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import {
  calibrateModel,
  isCalibrationImage,
  measureCalibration,
  type ScoredImage,
} from './calibrate-model.ts'

const labels = ['dog', 'down']

/** Captions are better the more the label supports their words, by and large. */
function makeImages(count: number, references = ['a dog runs down', 'the dog']): ScoredImage[] {
  const random = createRandom(9)
  return Array.from({ length: count }, (_, index) => {
    const labelSupport = random()
    const features = { meanLogProb: -random(), labelSupport, labelledWords: 2 }
    return {
      image: { index, id: `${index}`, file: `${index}.jpg`, split: 'dev', captions: references },
      captions: [{ text: 'A dog', tokens: 'a dog', confidence: null, features }],
      labelProbabilities: Float32Array.of(0.5 + labelSupport / 2, 1),
      pair: { hypothesis: 'a dog', references: index % 8 === 0 ? ['a cat', 'cats'] : references },
      cider: Math.max(0, labelSupport + random() / 2),
    }
  })
}

test('what was fitted on one half holds on the other', () => {
  const images = makeImages(400)
  const fitted = calibrateModel(images, labels)!
  const others = images.filter((image) => !isCalibrationImage(image))
  const measured = measureCalibration(others, { ...fitted, labels })
  expect(measured.confidenceCorrelation).toBeGreaterThan(0.8)
  expect(measured).toMatchObject({ reliableLabels: 1, labelsPerImage: 1 })
  expect(measured.labelPrecision).toBeCloseTo(7 / 8, 1)
  expect(fitted.shownLabels?.map(({ word }) => word)).toEqual(['dog'])
})

test('the other half changes nothing of what is fitted, but for the level that people reach', () => {
  const images = makeImages(200)
  const changed = images.map((image) =>
    isCalibrationImage(image)
      ? image
      : { ...image, cider: 9 - image.cider, labelProbabilities: Float32Array.of(0, 0) },
  )
  expect(calibrateModel(changed, labels)).toEqual(calibrateModel(images, labels))
})

test('halves are chosen by the names of files, about as many in each', () => {
  const images = makeImages(1000)
  const chosen = images.filter(isCalibrationImage)
  expect(chosen.length).toBeGreaterThan(450)
  expect(chosen.length).toBeLessThan(550)
  expect(images.toReversed().filter(isCalibrationImage).toReversed()).toEqual(chosen)
})

describe('nothing is fitted', () => {
  test('on too few images', () => {
    expect(calibrateModel(makeImages(12), labels)).toBeUndefined()
    expect(calibrateModel([], labels)).toBeUndefined()
  })

  test('on images with one caption each', () => {
    const single = makeImages(100, ['a dog']).map((image) => ({
      ...image,
      pair: { hypothesis: 'a dog', references: ['a dog'] },
    }))
    expect(calibrateModel(single, labels)).toBeUndefined()
  })
})

test('an image without a caption counts for its labels only', () => {
  const images = makeImages(100)
  const fitted = calibrateModel(images, labels)!
  const silent = images.map((image) => ({ ...image, captions: [] }))
  const measured = measureCalibration(silent, { ...fitted, labels })
  expect(measured).toMatchObject({ confidenceCorrelation: 0, calibrationError: 0 })
  expect(measured.labelsPerImage).toBeGreaterThan(0.9)
  expect(
    measureCalibration(images, { calibration: null, shownLabels: null, labels }),
  ).not.toHaveProperty('calibrationError')
})
