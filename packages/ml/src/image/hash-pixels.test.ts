import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashPixels } from './hash-pixels.ts'
import { flatPicture, noisePicture } from './sample-pictures.ts'

test('hashes width, height and pixels, in that order', async () => {
  const picture = noisePicture(1000, 700) // two slices and a bit

  const size = Buffer.from('000003e8000002bc', 'hex')
  const expected = createHash('sha256').update(size).update(picture.pixels).digest('hex')

  expect(await hashPixels(picture)).toBe(expected)
})

test('the same bytes in another shape have another name', async () => {
  const { pixels } = flatPicture([1, 2, 3], 8, 2)

  const lying = await hashPixels({ pixels, width: 8, height: 2 })
  const standing = await hashPixels({ pixels, width: 2, height: 8 })

  expect(lying).not.toBe(standing)
})

test('64 megapixels leave the event loop free', async () => {
  const pixels = new Uint8Array(192e6)
  let turns = 0
  let next: NodeJS.Immediate
  const count = () => {
    turns++
    next = setImmediate(count)
  }
  next = setImmediate(count)

  await hashPixels({ pixels, width: 8000, height: 8000 })

  clearImmediate(next)
  expect(turns).toBeGreaterThan(180) // one a megabyte, which takes 1 to 4 ms
})
