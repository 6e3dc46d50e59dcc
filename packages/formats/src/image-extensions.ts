import { extname } from 'node:path'

/**
 * What counts as an image wherever a folder is walked: the one list of the whole project. The bytes
 * decide later what a file really is.
 */
export const hasImageExtension = (path: string): boolean =>
  isReadable(path) || unreadable.has(extensionOf(path))

/** Names a kind of image that is read. Where two images share a text file, such a one goes first. */
export const isReadable = (path: string): boolean => readable.has(extensionOf(path))

const extensionOf = (path: string): string => extname(path).slice(1).toLowerCase()

const listed = (names: string): ReadonlySet<string> => new Set(names.split(' '))

const readable = listed('jpg jpeg jpe jfif pjpeg pjp png apng webp avif gif')

/** Pictures all the same: whoever has a folder of them is told of each that it cannot be read. */
const unreadable = listed(
  'bmp dib tif tiff heic heif hif jxl jp2 j2k jpx ' + 'dng cr2 cr3 nef arw raf orf rw2', // what cameras write before they make a JPEG of it
)
