import sharp from 'sharp'

/** Photo-like JPEGs, each different: coarse noise for shapes under fine noise for texture. */
export async function makePhotos(
  count: number,
  { width, height, grain }: { width: number; height: number; grain: number },
): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, () => makePhoto({ width, height, grain })))
}

async function makePhoto({
  width,
  height,
  grain,
}: {
  width: number
  height: number
  grain: number
}) {
  const shapes = await sharp(noise(16, 12, 90), { raw: { width: 16, height: 12, channels: 3 } })
    .resize(width, height, { kernel: 'cubic' })
    .raw()
    .toBuffer()
  for (let i = 0; i < shapes.length; i++) {
    shapes[i] = Math.min(255, Math.max(0, (shapes[i] ?? 0) + (Math.random() - 0.5) * grain))
  }
  return sharp(shapes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer()
}

const noise = (width: number, height: number, spread: number): Uint8Array =>
  Uint8Array.from({ length: width * height * 3 }, () => 128 + (Math.random() - 0.5) * 2 * spread)
