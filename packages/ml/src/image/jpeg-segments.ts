import { corruptImage } from './image-error.ts'

/** `coded` is the data of pixels that follows the header of a scan. */
export type JpegSegment = { code: number; data: Buffer; coded: Buffer }

export const jpegMarker = {
  temporary: 0x01,
  firstRestart: 0xd0,
  lastRestart: 0xd7,
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  jfif: 0xe0,
  adobe: 0xee,
  lastApplication: 0xef,
  comment: 0xfe,
} as const

/** Far above any real file; a hostile one could otherwise hold up everybody for seconds. */
const maxSegments = 10_000

/**
 * The segments of a JPEG file up to its end marker; without that as the last one, the file is cut
 * behind a whole segment. Marker syntax: ITU-T T.81, annex B.
 */
export function* listJpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 2, count = 0; count < maxSegments; count++) {
    const marker = findMarker(file, at)
    if (marker === undefined) return
    const segment = readSegment(file, marker)
    const scanEnd = segment.code === jpegMarker.scan ? findScanEnd(file, segment.end) : segment.end
    yield { ...segment, coded: file.subarray(segment.end, scanEnd) }
    if (segment.code === jpegMarker.end) return
    at = scanEnd
  }
  throw corruptImage(`it has more than ${maxSegments} JPEG segments`)
}

/** `at` is the place of a marker's code, after its 0xFF. Only the end marker has no length. */
function readSegment(file: Buffer, at: number): { code: number; data: Buffer; end: number } {
  const code = file[at]
  if (code === jpegMarker.end) return { code, data: file.subarray(at, at), end: at + 1 }
  if (
    code === jpegMarker.temporary ||
    (code >= jpegMarker.firstRestart && code <= jpegMarker.start)
  )
    throw corruptImage(`the JPEG marker 0x${code.toString(16)} stands where it must not`)
  if (at + 3 > file.length) throw corruptImage('it ends inside a JPEG segment')

  const length = file.readUInt16BE(at + 1)
  const end = at + 1 + length
  if (length < 2 || end > file.length) throw corruptImage('a JPEG segment has an impossible length')
  return { code, data: file.subarray(at + 3, end), end }
}

/** As decoders do: skips stray bytes, fill bytes and 0xFF00 between segments. */
function findMarker(file: Buffer, from: number): number | undefined {
  for (let at = from + 1; at < file.length; at++)
    if (file[at] !== 0xff && file[at] !== 0 && file[at - 1] === 0xff) return at
  return undefined
}

/** Where the coded data stops: at the first 0xFF that is no data (0xFF00), restart or fill byte. */
function findScanEnd(file: Buffer, from: number): number {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== 0xff) continue
    const code = file[at + 1]
    const isRestart = code >= jpegMarker.firstRestart && code <= jpegMarker.lastRestart
    if (code !== 0 && code !== 0xff && !isRestart) return at
  }
  return file.length
}
