import sharp from 'sharp'

export type ImageFile = { name: string; mimeType: string; buffer: Buffer }

/** A small picture; another number gives other pixels. */
export async function makeImage(
  number: number,
  name = `picture-${number}.jpg`,
): Promise<ImageFile> {
  const hue = (number * 47) % 256
  const sky = { r: hue, g: 140, b: 255 - hue }
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: sky } })
    .composite([
      {
        input: {
          create: { width: 80, height: 60, channels: 3, background: { r: 250, g: hue, b: 20 } },
        },
        left: 20 + (number % 10) * 12,
        top: 90,
      },
    ])
    .jpeg()
    .toBuffer()
  return { name, mimeType: 'image/jpeg', buffer }
}

/** Begins like a JPEG and ends in the middle of nothing. */
export const makeCorruptImage = (): ImageFile => ({
  name: 'corrupt.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(300, 7)]),
})
