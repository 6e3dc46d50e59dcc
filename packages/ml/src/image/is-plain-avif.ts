import type { Metadata } from 'sharp'

/**
 * Is there nothing in the file but a picture? Then it can be kept as it is; cutting would mean to
 * rewrite every offset in it. Doubt counts as no: the picture is then encoded once more.
 */
export function isPlainAvif(bytes: Uint8Array, header: Metadata): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const boxes = listBoxes(file)
  return (
    !(header.exif || header.xmp || header.iptc || header.icc) &&
    boxes !== undefined &&
    boxes.every(({ name, data }) => isPlainBox[name]?.(data) ?? false)
  )
}

/** `free` may hide anything, so it must be zeros; the names in `meta` are those of metadata items. */
const isPlainBox: Record<string, (data: Buffer) => boolean> = {
  ftyp: () => true,
  mdat: () => true,
  free: (data) => data.length <= maxPadding && data.every((byte) => byte === 0),
  meta: (data) => !metadataNames.some((name) => data.includes(name, 0, 'latin1')),
}

const metadataNames = ['Exif', 'mime', 'uri ', 'prof', 'rICC', 'udta', 'uuid', 'free', 'skip']

/** A picture has a handful of boxes and little padding; more is not worth the time to look. */
const maxBoxes = 16
const maxPadding = 65_536

type Box = { name: string; data: Buffer }

/** Top-level boxes: a size (32 bits, big-endian) that counts itself, a name, data (ISO 14496-12, 4.2). */
function listBoxes(file: Buffer): Box[] | undefined {
  const boxes: Box[] = []
  let at = 0
  while (at + 8 <= file.length && boxes.length < maxBoxes) {
    const end = at + file.readUInt32BE(at)
    if (end < at + 8 || end > file.length) return undefined
    boxes.push({ name: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) })
    at = end
  }
  return at === file.length ? boxes : undefined
}
