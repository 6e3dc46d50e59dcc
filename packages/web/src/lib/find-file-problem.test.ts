import { expect, test } from 'vitest'
import { findFileProblem } from './find-file-problem.ts'

test.each([
  ['a photo', { name: 'a.jpg', type: 'image/jpeg', size: 9 }, undefined],
  ['a file whose type is unknown', { name: 'a.heic', type: '', size: 9 }, undefined],
  ['a text', { name: 'notes.txt', type: 'text/plain', size: 9 }, 'not an image'],
  ['an empty file', { name: 'a.jpg', type: 'image/jpeg', size: 0 }, 'empty'],
])('%s', (_case, file, reason) => {
  const refusal = findFileProblem(file)
  if (reason === undefined) expect(refusal).toBeUndefined()
  else expect(refusal?.message).toContain(reason)
})
