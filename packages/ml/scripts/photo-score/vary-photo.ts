import sharp, { type Sharp } from 'sharp'
import { around, type Brush, polygon } from './brush.ts'

/**
 * A photo of another kind made from an ordinary one, so that these are not taken for drawings: black and
 * white, night, snow, fog, close-ups out of focus, things cut out on an even ground, enlarged or heavily
 * compressed pictures.
 */
export async function varyPhoto(brush: Brush, photo: Buffer): Promise<Buffer> {
  const varied = await brush.pick(variations)(brush, photo)
  const grey = brush.chance(0.12) ? varied.grayscale() : varied
  if (brush.chance(0.3)) return grey.png().toBuffer()
  return grey.jpeg({ quality: brush.int(25, 95) }).toBuffer()
}

const variations: readonly ((brush: Brush, photo: Buffer) => Promise<Sharp>)[] = [
  async (_, photo) => sharp(photo).grayscale(),
  async (brush, photo) => sharp(photo).linear(brush.between(0.12, 0.5), 0), // night
  async (brush, photo) => sharp(photo).linear(brush.between(0.3, 0.6), brush.int(90, 140)), // fog, snow
  async (brush, photo) => sharp(photo).linear(brush.between(1.2, 1.8), brush.int(-60, 40)),
  async (brush, photo) => sharp(photo).modulate({ saturation: brush.between(0.2, 2.2) }),
  async (brush, photo) => sharp(photo).blur(brush.between(0.6, 2.5)),
  closeUp,
  closeUp,
  cutOut,
  cutOut,
]

/** A small part, enlarged and without its grain: what is near the lens or far behind it. */
async function closeUp(brush: Brush, photo: Buffer): Promise<Sharp> {
  const { width, height } = await sharp(photo).metadata()
  const side = Math.min(width, height, brush.int(40, 120))
  const part = {
    left: brush.int(0, width - side),
    top: brush.int(0, height - side),
    width: side,
    height: side,
  }
  const near = await sharp(photo)
    .extract(part)
    .median(3)
    .resize(256, 256, { kernel: 'cubic' })
    .png()
    .toBuffer()
  const soft = brush.chance(0.5) ? sharp(near).blur(brush.between(1, 6)) : sharp(near)
  return soft.modulate({ saturation: brush.between(0.9, 1.9), brightness: brush.between(0.7, 1.2) })
}

/** As in a catalogue: the middle of the photo on white, grey or black, with a soft or a sharp rim. */
async function cutOut(brush: Brush, photo: Buffer): Promise<Sharp> {
  const size = 256
  const shape = around(brush, {
    x: size * brush.between(0.42, 0.58),
    y: size * brush.between(0.42, 0.58),
    radius: size * brush.between(0.25, 0.48),
    corners: brush.int(5, 40),
    rough: brush.between(0, 0.3),
  })
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${polygon(shape, 'fill="#fff"')}</svg>`
  const alpha = await sharp(Buffer.from(mask))
    .blur(brush.between(0.4, 3))
    .extractChannel(3)
    .toBuffer()
  const square = sharp(photo)
    .resize(size, size, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
  const thing = await sharp(await square.png().toBuffer())
    .joinChannel(alpha)
    .png()
    .toBuffer()
  const ground = brush.pick(['#fff', '#fff', '#fff', '#f2f2f2', '#111', brush.color([60, 95], 20)])
  return sharp(await sharp(thing).flatten({ background: ground }).png().toBuffer())
}
