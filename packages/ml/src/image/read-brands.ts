/**
 * The brands of an ISO base media file (AVIF, HEIC, MP4), the major one first; empty for anything
 * else. Layout of the first box: size (4 bytes), `ftyp`, major brand, minor version, compatible
 * brands (ISO/IEC 14496-12, 4.3).
 */
export function readBrands(head: Uint8Array): string[] {
  const view = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64))
  if (view.length < 12 || view.toString('latin1', 4, 8) !== 'ftyp') return []

  const end = Math.min(view.readUInt32BE(0), view.length)
  const brands = [view.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(view.toString('latin1', at, at + 4))
  return brands
}
