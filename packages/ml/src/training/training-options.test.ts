import { expect, test } from 'vitest'
import { OptionError } from '../options/option-error.ts'
import { parseTrainingOptions, toTrainingSettings } from './training-options.ts'
import { defaultSettings } from './training-settings.ts'

const parse = (more: object = {}) => parseTrainingOptions({ data: 'data', out: 'run', ...more })

test('what is not chosen is as in the default settings', () => {
  expect(toTrainingSettings(parse())).toEqual(defaultSettings)
})

test('without a teacher the settings say nothing of teaching, so that runs of before go on', () => {
  expect(Object.keys(toTrainingSettings(parse()))).toEqual(Object.keys(defaultSettings))
})

test('a teacher brings its defaults, and what is chosen of them', () => {
  const teacher = { from: 'acme/eyes' }
  const { teaching } = toTrainingSettings(parse({ teacher, teacherWeight: 2.5, teachOnly: true }))
  expect(teaching).toEqual({ weight: 2.5, views: 4, only: true })
})

test('self-critical training has a small rate and five captions, unless others are chosen', () => {
  const options = { init: 'first', selfCritical: true }
  expect(toTrainingSettings(parse(options))).toMatchObject({ rate: 5e-5, captions: 5 })
  expect(toTrainingSettings(parse({ ...options, rate: 1e-4, captions: 2 }))).toMatchObject({
    rate: 1e-4,
    captions: 2,
  })
})

test('a backbone is of the reference size, unless another is chosen', () => {
  const backbone = { from: 'acme/eyes' }
  expect(toTrainingSettings(parse({ backbone })).model.decoder).toMatchObject({ width: 512 })
  expect(toTrainingSettings(parse({ backbone, size: 'tiny' })).model.imageSize).toBe(48)
})

test('the model has room for the longest caption that is learned', () => {
  expect(toTrainingSettings(parse({}))).toMatchObject({
    length: 20,
    model: { decoder: { length: 24 } },
  })
  for (const architecture of ['cnn-transformer', 'lstm-attention']) {
    const settings = toTrainingSettings(parse({ architecture, length: 60 }))
    expect(settings).toMatchObject({ length: 60, model: { architecture, decoder: { length: 60 } } })
  }
})

test.each<[object, string]>([
  [{ data: undefined }, 'data is needed: the folder of a prepared dataset.'],
  [{ colour: 'red' }, 'There is no option colour.'],
  [{ epochs: 0 }, 'epochs is a whole number from 1 to 100000, not 0.'],
  [{ epochs: 1.5 }, 'epochs is a whole number from 1 to 100000, not 1.5.'],
  [{ epochs: 'many' }, 'epochs is a whole number from 1 to 100000, not many.'],
  [{ rate: 0 }, 'rate is a number above 0 up to 1, not 0.'],
  [{ dropout: 1 }, 'dropout is a number from 0 up to 1, not 1.'],
  [{ size: 'huge' }, 'size is one of small, mobile, tiny, reference, not huge.'],
  [
    { backbone: { file: 'x' } },
    'backbone.from is needed: an ONNX file, or a repository as OWNER/NAME.',
  ],
  [{ unlabeled: ['x'] }, 'unlabeled needs a teacher: give teacher FILE or OWNER/NAME.'],
])('%j is refused with the option, the value and what is possible', (more, message) => {
  expect(() => parse(more)).toThrow(new OptionError(message))
})
