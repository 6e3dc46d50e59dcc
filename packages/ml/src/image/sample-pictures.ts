import sharp, { type Sharp } from 'sharp'
import type { Picture } from './decode-pixels.ts'

/** A smooth, coloured picture whose four corners differ: sides and directions can be told apart. */
export function samplePicture(width = 60, height = 40): Picture {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      pixels[at] = Math.round((255 * x) / width)
      pixels[at + 1] = Math.round((255 * y) / height)
      pixels[at + 2] = (x * 3 + y * 5) % 256
    }
  return { pixels, width, height }
}

export function flatPicture(color: readonly number[], width = 32, height = 32): Picture {
  const pixels = new Uint8Array(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) pixels.set(color, at)
  return { pixels, width, height }
}

/** Even noise from a small generator, the same in every run. */
export function noisePicture(width: number, height: number): Picture {
  let state = 1
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state >>> 24
  })
  return { pixels, width, height }
}

export const toSharp = ({ pixels, width, height }: Picture): Sharp =>
  sharp(pixels, { raw: { width, height, channels: 3 } })

/** Pixels as the decoder gives them, without turning, colour conversion or anything else. */
export const decode = (file: Uint8Array): Promise<Buffer> =>
  sharp(file, { ignoreIcc: true }).toColourspace('srgb').raw().toBuffer()

/** Three frames, the first one dark, the last one bright. */
export function animation(width = 20, height = 16): Sharp {
  const pixels = Buffer.concat([10, 100, 200].map((v) => Buffer.alloc(width * height * 3, v)))
  return sharp(pixels, { raw: { width, height: height * 3, channels: 3, pageHeight: height } })
}

/** Puts chunks right after the header chunk (`IHDR`, which ends at byte 33). */
export const addPngChunks = (png: Buffer, ...chunks: Uint8Array[]): Buffer =>
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

export function jpegSegment(code: number, data: Uint8Array): Buffer {
  const head = Buffer.of(0xff, code, 0, 0)
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** Puts segments right after the start-of-image marker. */
export const addJpegSegments = (jpeg: Buffer, ...segments: Uint8Array[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** 16 × 8 gray pixels in two blocks with a restart marker between them, written by hand. */
export const jpegWithRestart = (): Buffer =>
  Buffer.concat([
    Buffer.of(0xff, 0xd8),
    jpegSegment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 16)])),
    jpegSegment(0xc0, Buffer.of(8, 0, 8, 0, 16, 1, 1, 0x11, 0)),
    // Codes of two bits: 00 → no difference, 01 → a difference of three bits; 00 → end of block.
    jpegSegment(0xc4, Buffer.concat([huffmanHead(0x00, 2), Buffer.of(0, 3)])),
    jpegSegment(0xc4, Buffer.concat([huffmanHead(0x10, 1), Buffer.of(0)])),
    jpegSegment(0xdd, Buffer.of(0, 1)),
    jpegSegment(0xda, Buffer.of(1, 1, 0, 0, 63, 0)),
    Buffer.of(0b01_100_00_1, 0xff, 0xd0, 0b01_111_00_1, 0xff, 0xd9),
  ])

/** 8 × 8 pixels in two channels, as PDFs and scientific data hold them. */
export const jpegOfTwoChannels = (): Buffer =>
  Buffer.concat([
    Buffer.of(0xff, 0xd8),
    jpegSegment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 16)])),
    jpegSegment(0xc0, Buffer.of(8, 0, 8, 0, 8, 2, 1, 0x11, 0, 2, 0x11, 0)),
    jpegSegment(0xc4, Buffer.concat([huffmanHead(0x00, 2), Buffer.of(0, 3)])),
    jpegSegment(0xc4, Buffer.concat([huffmanHead(0x10, 1), Buffer.of(0)])),
    jpegSegment(0xda, Buffer.of(2, 1, 0, 2, 0, 0, 63, 0)),
    Buffer.of(0b01_100_00_0, 0b1_111_00_11, 0xff, 0xd9),
  ])

/** A table's class and number, then how many codes there are of 1, 2, … 16 bits. */
const huffmanHead = (table: number, codesOfTwoBits: number): Buffer =>
  Buffer.concat([Buffer.of(table, 0, codesOfTwoBits), Buffer.alloc(14)])

/** A file with everything people do not want to give away. */
export const withPrivateData = (picture: Sharp): Sharp =>
  picture
    .withExif({
      IFD0: { Copyright: 'SECRET-NAME', Make: 'SECRET-CAMERA' },
      IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N', GPSMapDatum: 'SECRET-PLACE' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><SECRET-XMP/></x:xmpmeta>')
