import { expect, test } from 'vitest'
import { fileNameOfUrl, toFileName } from './to-file-name.ts'

test.each([
  ['photo.jpg', 'photo.jpg'],
  ['C:\\fakepath\\photo.jpg', 'photo.jpg'],
  ['../../etc/passwd', 'passwd'],
  ['Ku\u0308che 猫 👩‍🍳.png', 'Küche 猫 👩‍🍳.png'],
  ['a\0b\r\n.png', 'ab.png'],
  ['\ud800.png', '.png'],
  ['x'.repeat(300), 'x'.repeat(255)],
  ['..', null],
  [' ', null],
  [undefined, null],
])('the file name of %j is %j', (path, name) => {
  expect(toFileName(path)).toBe(name)
})

test.each([
  ['https://example.com/a/my%20cat.jpg?size=2#top', 'my cat.jpg'],
  ['https://example.com/100%.jpg', '100%.jpg'],
  ['https://example.com/', null],
  ['nonsense', null],
])('the file name of the address %s is %j', (url, name) => {
  expect(fileNameOfUrl(url)).toBe(name)
})
