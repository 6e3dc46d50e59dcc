import { describe, expect, test } from 'vitest'
import {
  buildVocabulary,
  countWords,
  END,
  encode,
  PAD,
  readVocabulary,
  START,
  UNKNOWN,
} from './vocabulary.ts'

const marks = ['<pad>', '<start>', '<end>', '<unknown>']
const captions = ['a dog runs', 'a dog and a cat', 'the cat', 'a  zebra ']

test('the marks come first, then the commonest words, equal ones by their letters', () => {
  const { words } = buildVocabulary(captions, { minimumCount: 1 })
  expect(words).toEqual([...marks, 'a', 'cat', 'dog', 'and', 'runs', 'the', 'zebra'])
  expect([PAD, START, END, UNKNOWN].map((id) => words[id])).toEqual(marks)
})

test('the order does not depend on the order of the captions', () => {
  const forwards = buildVocabulary(captions, { minimumCount: 1 })
  expect(buildVocabulary(captions.toReversed(), { minimumCount: 1 }).words).toEqual(forwards.words)
})

test('a word counts from its minimum on, as often as it occurs', () => {
  expect(buildVocabulary(captions, { minimumCount: 2 }).words.slice(4)).toEqual(['a', 'cat', 'dog'])
  expect(buildVocabulary(captions, { minimumCount: 4 }).words.slice(4)).toEqual(['a'])
  expect(buildVocabulary(captions, { minimumCount: 5 }).words).toEqual(marks)
  expect(countWords(['a a b', 'b']).get('a')).toBe(2)
})

test('captions become ids and unknown words the one for them', () => {
  const vocabulary = buildVocabulary(captions, { minimumCount: 2 })
  expect(encode(vocabulary, 'a  dog sees a cat')).toEqual([4, 6, UNKNOWN, 4, 5])
  expect(encode(vocabulary, '')).toEqual([])
  expect(encode(vocabulary, 'toString constructor')).toEqual([UNKNOWN, UNKNOWN])
})

test('words that look like marks are unknown, not marks', () => {
  const vocabulary = buildVocabulary(['<end> a <pad>', 'a <end> <start>'], { minimumCount: 1 })
  expect(vocabulary.words).toEqual([...marks, 'a'])
  expect(encode(vocabulary, '<end> a <pad>')).toEqual([UNKNOWN, 4, UNKNOWN])
})

describe('the list of a card', () => {
  test('gives the same ids again', () => {
    const { words } = buildVocabulary(captions, { minimumCount: 1 })
    const again = readVocabulary(words)
    expect(words.slice(4).map((word) => again.idOf(word))).toEqual([4, 5, 6, 7, 8, 9, 10])
  })

  test('is refused with a word twice', () => {
    expect(() => readVocabulary([...marks, 'a', 'b', 'a'])).toThrow(
      new RangeError('A vocabulary has a word twice.'),
    )
    expect(() => readVocabulary([...marks, '<end>'])).toThrow(RangeError)
  })

  test('is refused without the marks in front', () => {
    for (const words of [[], ['a', ...marks], marks.slice(0, 3), marks.toReversed()]) {
      expect(() => readVocabulary(words)).toThrow(
        new RangeError('A vocabulary begins with <pad>, <start>, <end>, <unknown>.'),
      )
    }
  })
})
