import { corruptImage } from './image-error.ts'
import { type JpegSegment, listJpegSegments, jpegMarker as marker } from './jpeg-segments.ts'

/**
 * A JPEG file with nothing but its picture, up to the end-of-image marker: comments and application
 * segments go, but for the two that say how colours are coded (JFIF and Adobe), cut down to just
 * that. JFIF: ITU-T T.871; Adobe: T.872, 6.5.3.
 */
export function cutMetadataJpeg(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [Buffer.of(0xff, marker.start)]
  for (const segment of listJpegSegments(bytes)) {
    if (segment.code === marker.end) return Buffer.concat([...kept, Buffer.of(0xff, marker.end)])
    kept.push(...cutSegment(segment), segment.coded)
  }
  throw corruptImage('its end is missing')
}

function cutSegment({ code, data }: JpegSegment): Uint8Array[] {
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
