import { expect, test } from 'vitest'
import { linearLight } from './linear-light.ts'
import { colorNames, nameColor } from './name-color.ts'
import { toOklab } from './oklab.ts'

const name = (rgb: number) =>
  nameColor(linearLight[rgb >> 16], linearLight[(rgb >> 8) & 255], linearLight[rgb & 255])

test('every word names its own colour', () => {
  for (const [word, rgb] of colorNames) expect(name(rgb)).toBe(word)
})

test.each([
  ['black', 0x000000],
  ['white', 0xffffff],
  ['turquoise', 0x40e0d0],
  ['light blue', 0x87ceeb],
  ['dark blue', 0x000080],
  ['dark green', 0x006400],
  ['brown', 0x8b4513],
  ['beige', 0xf5f5dc],
  ['orange', 0xffa500],
  ['yellow', 0xffff00],
  ['purple', 0x800080],
  ['pink', 0xffc0cb],
  ['teal', 0x008080],
  ['olive', 0x808000],
])('says %s to a colour that has this name on the web', (word, rgb) => {
  expect(name(rgb)).toBe(word)
})

test('OKLab is that of its author', () => {
  // "A perceptual color space for image processing", table of XYZ and Oklab pairs: white.
  expect(toOklab(1, 1, 1).L).toBeCloseTo(1, 3)
  // CSS Color 4, "oklab(62.796% 0.22486 0.12585)" for red.
  const red = toOklab(1, 0, 0)
  expect([red.L, red.a, red.b].map((v) => Number(v.toFixed(3)))).toEqual([0.628, 0.225, 0.126])
})
