import { readBrands } from './read-brands.ts'

export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif'

export const mediaTypes = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
} as const satisfies Record<ImageKind, string>

/** How many of a file's first bytes `findImageKind` and `describeUnknownFile` look at. */
export const imageHeadLength = 64

/** What the first bytes say the file is; its name and declared media type play no role. */
export function findImageKind(head: Uint8Array): ImageKind | undefined {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1')
  return kinds.find(([, matches]) => matches(text, head))?.[0]
}

const kinds: readonly [ImageKind, (text: string, head: Uint8Array) => boolean][] = [
  ['jpeg', (text) => text.startsWith('\xff\xd8\xff')],
  ['png', (text) => text.startsWith('\x89PNG\r\n\x1a\n')],
  ['gif', (text) => text.startsWith('GIF87a') || text.startsWith('GIF89a')],
  ['webp', (text) => text.startsWith('RIFF') && text.slice(8) === 'WEBP'],
  ['avif', (_, head) => isAvif(readBrands(head))],
]

/** A HEIC photo may list `avif` among its compatible brands: the major brand goes first. */
const isAvif = ([major, ...compatible]: string[]): boolean =>
  major === 'avif' || major === 'avis' || (major === 'mif1' && compatible.includes('avif'))
