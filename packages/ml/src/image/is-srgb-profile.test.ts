import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { isSrgbProfile } from './is-srgb-profile.ts'
import { samplePicture, toSharp } from './sample-pictures.ts'

async function profileOf(name: string): Promise<Buffer> {
  const file = await toSharp(samplePicture()).withIccProfile(name).jpeg().toBuffer()
  const { icc } = await sharp(file).metadata()
  if (!icc) throw new Error('No profile was written.')
  return icc
}

test('sRGB is sRGB', async () => {
  expect(isSrgbProfile(await profileOf('srgb'))).toBe(true)
})

test('Display P3 is not, not even under the name of sRGB', async () => {
  const profile = await profileOf('p3')
  const at = profile.indexOf('sP3C', 0, 'latin1')
  if (at >= 0) profile.write('sRGB', at, 'latin1')

  expect(isSrgbProfile(profile)).toBe(false)
})

test('sRGB primaries with another tone curve are not sRGB', async () => {
  const profile = await profileOf('srgb')
  profile.writeInt32BE(Math.round(1.8 * 65536), profile.indexOf('para', 0, 'latin1') + 12)

  expect(isSrgbProfile(profile)).toBe(false)
})

test('a tone curve written as a table is read too', async () => {
  expect(isSrgbProfile(withTableCurve(await profileOf('srgb'), (x) => toLinear(x)))).toBe(true)
  expect(isSrgbProfile(withTableCurve(await profileOf('srgb'), (x) => x ** 2))).toBe(false)
})

const toLinear = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)

/** Appends a table of 1024 entries and lets all three curves point at it. */
function withTableCurve(profile: Buffer, evaluate: (x: number) => number): Buffer {
  const curve = Buffer.alloc(12 + 2 * 1024)
  curve.write('curv', 0, 'latin1')
  curve.writeUInt32BE(1024, 8)
  for (let i = 0; i < 1024; i++)
    curve.writeUInt16BE(Math.round(65535 * evaluate(i / 1023)), 12 + 2 * i)

  for (const name of ['rTRC', 'gTRC', 'bTRC']) {
    const tag = profile.indexOf(name, 128, 'latin1')
    profile.writeUInt32BE(profile.length, tag + 4)
    profile.writeUInt32BE(curve.length, tag + 8)
  }
  return Buffer.concat([profile, curve])
}

test('a CMYK profile and broken bytes are not sRGB, and never throw', async () => {
  expect(isSrgbProfile(Buffer.alloc(0))).toBe(false)
  const profile = await profileOf('srgb')
  fc.assert(
    fc.property(
      fc.nat(profile.length - 1),
      fc.nat(255),
      fc.nat(profile.length),
      (at, value, end) => {
        const broken = Buffer.from(profile)
        broken[at] = value
        expect(isSrgbProfile(broken.subarray(0, end))).toBeTypeOf('boolean')
      },
    ),
  )
})
