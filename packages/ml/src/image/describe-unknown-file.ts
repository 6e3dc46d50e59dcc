import { imageHeadLength } from './image-kind.ts'
import { readBrands } from './read-brands.ts'

/** What a file that is no image for us looks like, for the sentence "This looks like …". */
export function describeUnknownFile(head: Uint8Array): string {
  if (head.length === 0) return 'an empty file'
  const raw = Buffer.from(head.subarray(0, imageHeadLength)).toString('latin1')

  const known = signatures.find(([start]) => raw.startsWith(start))
  return known?.[1] ?? describeBrands(head) ?? describeText(raw) ?? 'a file of an unknown kind'
}

const signatures = [
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['II*\0', 'a TIFF image'],
  ['MM\0*', 'a TIFF image'],
  ['II+\0', 'a TIFF image'],
  ['MM\0+', 'a TIFF image'],
  ['BM', 'a BMP image'],
  ['\xff\x0a', 'a JPEG XL image'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL image'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 image'],
  ['8BPS', 'a Photoshop file'],
  ['\0\0\x01\0', 'an icon file'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['RIFF', 'a sound or video file'],
] as const

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

function describeBrands(head: Uint8Array): string | undefined {
  const brands = readBrands(head)
  if (brands.length === 0) return undefined
  return heicBrands.some((brand) => brands.includes(brand)) ? 'a HEIC image' : 'a video file'
}

function describeText(raw: string): string | undefined {
  const text = raw
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  if (text.startsWith('<svg') || /^<\?xml.*<svg/s.test(text)) return 'an SVG drawing'
  if (/^<(!doctype html|html|head|body)/.test(text)) return 'a web page (HTML)'
  if (text.startsWith('<?xml') || text.startsWith('<!'))
    return 'an XML file, perhaps an SVG drawing'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what text has not
  return /[\0-\x08\x0e-\x1f]/.test(raw) ? undefined : 'a text file'
}
