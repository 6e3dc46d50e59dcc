import { expect, test } from 'vitest'
import { createLabelTest, groupByConcept } from './label-words.ts'

test('of English captions things, actions and colours can be labels', () => {
  const isLabel = createLabelTest(['a black dog is running down the hill in the snow'])
  const words = ['black', 'dog', 'running', 'down', 'hill', 'snow', 'the', 'three', 'stehen']
  expect(words.filter(isLabel)).toEqual(['black', 'dog', 'running', 'hill', 'snow'])
})

test.each([
  ['German', 'ein schwarzer hund rennt durch den schnee', ['hund', 'schnee', 'rennt']],
  ['Russian', 'чёрная собака бежит по снегу', ['собака', 'бежит']],
  ['lists of tags', '1girl solo long_hair smile', ['solo', 'smile']],
])('of %s all words can, but no numbers and marks', (_what, caption, labels) => {
  const isLabel = createLabelTest([caption])
  expect([...labels, '22', '--', 'x'].filter(isLabel)).toEqual(labels)
})

test('forms of a word are one group, in the order of the first, an action by its form in -ing', () => {
  expect(groupByConcept(['men', 'jumps', 'grass', 'man', 'jumping', 'near'])).toEqual([
    { key: 'thing man', word: 'men', members: [0, 3] },
    { key: 'action jump', word: 'jumping', members: [1, 4] },
    { key: 'thing grass', word: 'grass', members: [2] },
    { key: 'near', word: 'near', members: [5] },
  ])
})
