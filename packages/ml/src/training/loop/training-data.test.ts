import { expect, test } from 'vitest'
import { UNKNOWN } from '../../tokenizer/vocabulary.ts'
import { DataError } from '../dataset/data-error.ts'
import type { PreparedImage } from '../dataset/prepared-dataset.ts'
import { encodeTrainingData, prepareTrainingData } from './training-data.ts'

const imageOf = (
  index: number,
  captions: string[],
  split: PreparedImage['split'] = 'train',
): PreparedImage => ({ index, id: `${index}`, file: `${index}.png`, split, captions })

const prepare = (images: PreparedImage[], options = { minimumCount: 1, labels: 3 }) =>
  prepareTrainingData({ images, folder: 'data' }, options)

test('words come from the captions of the training split alone, tokenized', () => {
  const { vocabulary, images } = prepare([
    imageOf(0, ['A dog runs.', 'The DOG, runs!']),
    imageOf(1, ['a zebra'], 'dev'),
    imageOf(2, ['a giraffe'], 'unused'),
    imageOf(3, ["A man's dog"]),
  ])
  const words = vocabulary.words.slice(4)
  expect(words).toEqual(['dog', 'a', 'runs', "'s", 'man', 'the'])
  expect(images.map(({ image }) => image.index)).toEqual([0, 3])
  expect(images[0]!.captions).toEqual([
    [5, 4, 6],
    [9, 4, 6],
  ])
})

test('labels are the commonest words that say something', () => {
  const { labels, images } = prepare([
    imageOf(0, ['a dog runs in the 2 snow', 'the dog and the x']),
    imageOf(1, ['the snow with a dog', "it's well-lit"]),
  ])
  expect(labels).toEqual(['dog', 'snow', 'runs'])
  expect(images.map((image) => image.labels.toSorted())).toEqual([
    [0, 1, 2],
    [0, 1],
  ])
})

test('forms of a word are one label; grammar, sizes, places and numbers are none', () => {
  const { labels, images } = prepare(
    [
      imageOf(0, ['three small dogs are running down the road', 'a dog runs']),
      imageOf(1, ['the dog while a man runs in front of it', 'a red dog']),
    ],
    { minimumCount: 1, labels: 10 },
  )
  expect(labels).toEqual(['dog', 'running', 'man', 'red', 'road'])
  expect(images.map((image) => image.labels.toSorted())).toEqual([
    [0, 1, 4],
    [0, 1, 2, 3],
  ])
})

test('rare words are unknown; a caption of nothing is left out, and an image without captions', () => {
  const { vocabulary, images } = prepare(
    [imageOf(0, ['a dog', '...', 'zebra']), imageOf(1, ['!']), imageOf(2, ['a dog'])],
    { minimumCount: 2, labels: 5 },
  )
  expect(vocabulary.words.slice(4)).toEqual(['a', 'dog'])
  expect(images.map(({ captions }) => captions)).toEqual([[[4, 5], [UNKNOWN]], [[4, 5]]])
})

test.each<[what: string, images: PreparedImage[]]>([
  ['no images', []],
  ['images of other splits only', [imageOf(0, ['a dog'], 'dev')]],
  ['captions without a word only', [imageOf(0, ['...', '!'])]],
])('%s cannot be trained on', (_what, images) => {
  expect(() => prepare(images)).toThrow(new DataError('data has no images to train on.'))
})

test('captions in which no word occurs often enough cannot be trained on', () => {
  expect(() => prepare([imageOf(0, ['a dog'])], { minimumCount: 2, labels: 1 })).toThrow(
    new DataError(
      'No word occurs 2 times in the captions of data: give a lower --minimum-count, or more captions.',
    ),
  )
})

test('where captions name nothing that can be seen, labels are the words that say something', () => {
  const { labels } = prepare([imageOf(0, ['the one that was bright'])])
  expect(labels).toEqual(['bright'])
})

test('labels are words of any script', () => {
  const { labels } = prepare([imageOf(0, ['собака', 'café', '狗狗', 'x 22 --'])])
  expect(new Set(labels)).toEqual(new Set(['café', 'собака', '狗狗']))
})

test('captions of nothing but grammar cannot be trained on', () => {
  expect(() => prepare([imageOf(0, ['on the', 'it is a 2'])])).toThrow(DataError)
})

test('with the words of a model its ids and labels are used', () => {
  const first = prepare([imageOf(0, ['a dog runs', 'a cat'])], { minimumCount: 1, labels: 2 })
  const images = encodeTrainingData([imageOf(5, ['a dog sleeps']), imageOf(6, ['!'])], first)
  const { idOf } = first.vocabulary
  expect(images).toEqual([
    {
      image: imageOf(5, ['a dog sleeps']),
      captions: [[idOf('a'), idOf('dog'), UNKNOWN]],
      labels: [first.labels.indexOf('dog')].filter((label) => label >= 0),
    },
  ])
})
