import type { Style } from '@descry/contract'
import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const ruleOf = (text: string, style: Style, trigger?: string) => {
  const verdict = checkReply({ text }, { style, trigger })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each<[Style, string]>([
  ['concise', '1. a dog\n2. a ball'],
  ['concise', 'Subject: dog; setting: lawn; light: sun'],
  ['concise', 'beach, sunset, surfer, waves, orange sky'],
  ['concise', 'A dog on a lawn.\n\nA puppy plays.'],
  ['concise', 'A dog on a lawn. #dog #lawn'],
  [
    'alt',
    'A smiling woman with long dark hair and silver earrings stands in front of a bookcase full of law books and holds a mug of tea',
  ],
  ['alt', 'A dog next to a picture of a cat'],
  ['training', 'a photo of a dog'],
  ['training', 'photo of a dog!'],
  ['training', 'photo of a dog\nphoto of a cat'],
])('as %s, %j has not the right form', (style, text) => {
  expect(ruleOf(text, style)).toBe('format')
})

test.each<[Style, string]>([
  ['concise', 'One red cup, one blue cup, one green cup and one yellow cup'],
  ['alt', 'Line chart: sales rise from 20 to 95'],
  ['creative', 'Snow on the roofs.\nSilence in the yard.'],
  ['training', 'photo of no. 12 Harbour Street, green door, sign reading "NO DOGS"'],
])('as %s, %j has the right form', (style, text) => {
  expect(ruleOf(text, style)).toBeUndefined()
})

test.each([
  ['photo of a brown dog', 'trigger'],
  ['photo of sks_dog beside sks_dog', 'trigger'],
  ['photo of SKS_DOG on a lawn', 'trigger'],
  ['photo of sks_dogs on a lawn', 'trigger'],
  ["photo of sks_dog's ear", undefined],
  ['photo of sks_dog, on a lawn', undefined],
])('with the trigger sks_dog, %j fails by %s', (text, rule) => {
  expect(ruleOf(text, 'training', 'sks_dog')).toBe(rule)
})
