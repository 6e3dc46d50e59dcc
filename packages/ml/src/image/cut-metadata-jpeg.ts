import { corruptImage } from './image-error.ts'

/**
 * A JPEG file with nothing but its picture, up to the end-of-image marker: comments and application
 * segments go, but for the two that say how colours are coded (JFIF and Adobe), cut down to just
 * that. Marker syntax: ITU-T T.81, annex B; JFIF: ITU-T T.871; Adobe: T.872, 6.5.3.
 */
export function cutMetadataJpeg(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const kept: Uint8Array[] = [Buffer.of(0xff, marker.start)]

  for (let at = 2, count = 0; count < maxSegments; count++) {
    const segment = readSegment(file, findMarker(file, at))
    if (segment.code === marker.end) return Buffer.concat([...kept, Buffer.of(0xff, marker.end)])

    kept.push(...cutSegment(segment))
    at = segment.end
    if (segment.code === marker.scan) {
      const end = findScanEnd(file, at)
      kept.push(file.subarray(at, end))
      at = end
    }
  }
  throw corruptImage(`it has more than ${maxSegments} JPEG segments`)
}

/** Far above any real file; a hostile one could otherwise hold up everybody for seconds. */
const maxSegments = 10_000

const marker = {
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

type Segment = { code: number; data: Buffer; end: number }

/** `at` is the place of a marker's code, after its 0xFF. Only the end marker has no length. */
function readSegment(file: Buffer, at: number): Segment {
  const code = file[at]
  if (code === marker.end) return { code, data: file.subarray(at, at), end: at + 1 }
  if (code === marker.temporary || (code >= marker.firstRestart && code <= marker.start))
    throw corruptImage(`the JPEG marker 0x${code.toString(16)} stands where it must not`)
  if (at + 3 > file.length) throw corruptImage('it ends inside a JPEG segment')

  const length = file.readUInt16BE(at + 1)
  const end = at + 1 + length
  if (length < 2 || end > file.length) throw corruptImage('a JPEG segment has an impossible length')
  return { code, data: file.subarray(at + 3, end), end }
}

function cutSegment({ code, data }: Segment): Uint8Array[] {
  if (code === marker.jfif) return data.length >= 14 && starts(data, 'JFIF\0') ? [jfif(data)] : []
  if (code === marker.adobe)
    return data.length >= 12 && starts(data, 'Adobe') ? [segmentOf(code, data.subarray(0, 12))] : []
  if ((code > marker.jfif && code <= marker.lastApplication) || code === marker.comment) return []
  return [segmentOf(code, data)]
}

const starts = (data: Buffer, text: string): boolean =>
  data.toString('latin1', 0, text.length) === text

/** Version and density stay; the size of the thumbnail becomes zero, and its pixels go. */
const jfif = (data: Buffer): Uint8Array =>
  segmentOf(marker.jfif, Buffer.concat([data.subarray(0, 12), Buffer.alloc(2)]))

function segmentOf(code: number, data: Uint8Array): Uint8Array {
  const head = Buffer.of(0xff, code, 0, 0)
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** As decoders do: skips stray bytes, fill bytes and 0xFF00 between segments. */
function findMarker(file: Buffer, from: number): number {
  for (let at = from + 1; at < file.length; at++)
    if (file[at] !== 0xff && file[at] !== 0 && file[at - 1] === 0xff) return at
  throw corruptImage('its end is missing')
}

/** Where the coded data stops: at the first 0xFF that is no data (0xFF00), restart or fill byte. */
function findScanEnd(file: Buffer, from: number): number {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== 0xff) continue
    const code = file[at + 1]
    const isRestart = code >= marker.firstRestart && code <= marker.lastRestart
    if (code !== 0 && code !== 0xff && !isRestart) return at
  }
  throw corruptImage('its end is missing')
}
