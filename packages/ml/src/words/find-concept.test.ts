import { expect, test } from 'vitest'
import { conceptKey, findConcept } from './find-concept.ts'

test.each([
  ['dog', 'thing', 'dog'],
  ['dogs', 'thing', 'dog'],
  ['men', 'thing', 'man'],
  ['women', 'thing', 'woman'],
  ['leaves', 'thing', 'leaf'],
  ['children', 'thing', 'child'],
  ['benches', 'thing', 'bench'],
  ['puppies', 'thing', 'puppy'],
  ['building', 'thing', 'building'],
  ['snowboarder', 'thing', 'snowboarder'],
  ['t-shirt', 'thing', 't-shirt'],
  ['hands', 'thing', 'hand'],
  ['run', 'action', 'run'],
  ['runs', 'action', 'run'],
  ['running', 'action', 'run'],
  ['ran', 'action', 'run'],
  ['hugging', 'action', 'hug'],
  ['riding', 'action', 'ride'],
  ['flies', 'action', 'fly'],
  ['holding', 'action', 'hold'],
  ['red', 'colour', 'red'],
  ['gray', 'colour', 'grey'],
  ['orange', 'colour', 'orange'],
])('%s names a %s, %s', (word, kind, base) => {
  expect(findConcept(word)).toEqual({ kind, base })
})

test.each(
  `the a of with down while off front behind through near up over young little big small three
   several each other another next something someone air area side top background picture photo
   middle does taking getting covered very together outside day snowy zzgx собака`.split(/\s+/),
)('%s names nothing that a picture shows', (word) => {
  expect(findConcept(word)).toBeUndefined()
})

test('forms of a word have one key, other words have others', () => {
  expect(conceptKey('dogs')).toBe(conceptKey('dog'))
  expect(conceptKey('jumps')).toBe(conceptKey('jumping'))
  expect(conceptKey('dog')).not.toBe(conceptKey('puppy'))
  expect(conceptKey('down')).toBe('down')
})
