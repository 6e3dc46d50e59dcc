import { corruptImage } from '../image-error.ts'
import { type JpegSegment, jpegMarker, listJpegSegments } from '../jpeg-segments.ts'
import { filler } from './filler.ts'
import type { MendedFile } from './require-whole.ts'

/** Puts the end marker there, if all scans are there. */
export function mendJpegTail(bytes: Uint8Array): MendedFile {
  if (hasEnd(bytes)) return { bytes, alternatives: [] }
  const data = stripPadding(bytes)
  const mended = Buffer.concat([data, END])
  if (!hasAllScans([...listJpegSegments(mended)])) throw corruptImage('its end is missing')
  const alternatives = [1, 2].map((seed) => Buffer.concat([data, filler(FILLER_BYTES, seed), END]))
  return { bytes: mended, alternatives }
}

/** Almost always these are the last two bytes; there may be others behind them. */
const hasEnd = (bytes: Uint8Array): boolean =>
  END.equals(bytes.subarray(-2)) || [...listJpegSegments(bytes)].at(-1)?.code === jpegMarker.end

const END = Buffer.of(0xff, jpegMarker.end)

/** Enough for a block of pixels, whose colour then changes. */
const FILLER_BYTES = 256

/** What a disk or a download left where data was to come would be taken for data. */
function stripPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0xff)) end--
  let run = end
  while (run > 0 && bytes[run - 1] === bytes[end - 1]) run--
  return bytes.subarray(0, end - run >= PADDING_RUN ? run : end)
}

/** So many equal bytes are hardly data. */
const PADDING_RUN = 8

/**
 * Is every component there, and, of a progressive picture, with all bits of all 64 coefficients? A
 * scan's header names components, a range of coefficients and the lowest bit (ITU-T T.81, B.2.3).
 */
function hasAllScans(segments: readonly JpegSegment[]): boolean {
  const frame = segments.find(({ code }) => code >= 0xc0 && code <= 0xcf && !tables.has(code))
  if (!frame) return false
  const components = frame.data[5] ?? 0
  const isProgressive = progressive.has(frame.code)
  const whole = new Map<number, Set<number>>()
  for (const { code, data } of segments) {
    if (code !== jpegMarker.scan) continue
    const count = data[0] ?? 0
    const [first = 0, last = 63, bits = 0] = data.subarray(1 + 2 * count)
    for (let i = 0; i < count; i++) {
      const id = data[1 + 2 * i] ?? 0
      const coefficients = whole.get(id) ?? new Set()
      whole.set(id, coefficients)
      if (isProgressive && (bits & 15) !== 0) continue
      for (let k = first; k <= last; k++) coefficients.add(k)
    }
  }
  return whole.size === components && [...whole.values()].every(({ size }) => size === 64)
}

/** Huffman tables, JPEG extensions and arithmetic conditioning have codes among those of frames. */
const tables: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc])
const progressive: ReadonlySet<number> = new Set([0xc2, 0xc6, 0xca, 0xce])
