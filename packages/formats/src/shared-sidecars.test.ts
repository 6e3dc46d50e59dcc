import { expect, test } from 'vitest'
import { findSharedSidecars } from './shared-sidecars.ts'

test('the second image with the same stem is an error that names the first', () => {
  const errors = findSharedSidecars(['p/a.jpg', 'p/a.png', 'q/a.png', 'p/b.png', './p/a.webp'])
  expect([...errors.keys()]).toEqual(['p/a.png', './p/a.webp'])
  expect(errors.get('p/a.png')).toMatchObject({ code: 'shared-sidecar', path: 'p/a.png' })
  expect(errors.get('p/a.png')?.message).toContain('the caption of p/a.jpg')
})

test('only the last extension is the extension', () => {
  expect(findSharedSidecars(['a.b.jpg', 'a.c.jpg', 'a.jpg']).size).toBe(0)
})

test('an image named .txt would overwrite itself, so it is an error', () => {
  expect([...findSharedSidecars(['photo.txt', 'photo.jpg']).keys()]).toEqual(['photo.txt'])
})

test('of two images with one text file, the one that can be read owns it', () => {
  const errors = findSharedSidecars(['p/1.heic', 'p/1.jpg', 'p/2.jpg', 'p/2.png'])
  expect([...errors.keys()]).toEqual(['p/2.png', 'p/1.heic'])
})
