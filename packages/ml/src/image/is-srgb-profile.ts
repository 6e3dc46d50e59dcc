import { toLinearLight } from './linear-light.ts'

/**
 * Does an ICC profile describe sRGB, whatever it calls itself? Looks at the primaries and the tone
 * curves of a matrix profile (ICC.1:2022, 7.2 header, 7.3 tag table, 9.2 tags); anything else,
 * a table-based or a broken profile too, counts as no.
 */
export function isSrgbProfile(icc: Uint8Array): boolean {
  const profile = Buffer.from(icc.buffer, icc.byteOffset, icc.length)
  try {
    const tags = readTags(profile)
    return (
      profile.toString('latin1', 16, 24) === 'RGB XYZ ' &&
      !tags.has('A2B0') &&
      channels.every(({ name, xyz }) => matches(tags, name, xyz))
    )
  } catch (error) {
    if (error instanceof RangeError) return false // an offset or a length that points outside
    throw error
  }
}

/** Red, green and blue of sRGB, adapted to D50, as its makers publish them (IEC 61966-2-1). */
const channels = [
  { name: 'r', xyz: [0.4361, 0.2225, 0.0139] },
  { name: 'g', xyz: [0.3851, 0.7169, 0.0971] },
  { name: 'b', xyz: [0.1431, 0.0606, 0.7141] },
]

function readTags(profile: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>()
  const count = Math.min(profile.readUInt32BE(128), 100)
  for (let at = 132; at < 132 + count * 12; at += 12) {
    const start = profile.readUInt32BE(at + 4)
    const data = profile.subarray(start, start + profile.readUInt32BE(at + 8))
    tags.set(profile.toString('latin1', at, at + 4), data)
  }
  return tags
}

function matches(tags: Map<string, Buffer>, name: string, xyz: number[]): boolean {
  const primary = tags.get(`${name}XYZ`)
  const curve = tags.get(`${name}TRC`)
  if (!primary || !curve) return false
  return (
    xyz.every((value, i) => Math.abs(readFixed(primary, 8 + 4 * i) - value) < 0.005) &&
    samples.every((x) => Math.abs(evaluateCurve(curve, x) - toLinearLight(x)) < 0.003)
  )
}

const samples = Array.from({ length: 17 }, (_, i) => i / 16)

/** Signed, 16 bits before the point and 16 after it. */
const readFixed = (data: Buffer, at: number): number => data.readInt32BE(at) / 65536

function evaluateCurve(curve: Buffer, x: number): number {
  return curve.toString('latin1', 0, 4) === 'para' ? evaluatePara(curve, x) : evaluateCurv(curve, x)
}

/** Parametric curves 0, 3 and 4 (ICC.1:2022, 10.18); sRGB is never written as 1 or 2. */
function evaluatePara(curve: Buffer, x: number): number {
  const kind = curve.readUInt16BE(8)
  const parameter = (i: number) => readFixed(curve, 12 + 4 * i)
  if (kind === 0) return x ** parameter(0)
  if (kind !== 3 && kind !== 4) return Number.NaN

  const [g, a, b, c, d] = [0, 1, 2, 3, 4].map(parameter)
  const [e, f] = kind === 4 ? [parameter(5), parameter(6)] : [0, 0]
  return x >= d ? (a * x + b) ** g + e : c * x + f
}

/** A table over 0..1, read between its points; one entry is a gamma, none is a straight line. */
function evaluateCurv(curve: Buffer, x: number): number {
  if (curve.toString('latin1', 0, 4) !== 'curv') return Number.NaN
  const count = curve.readUInt32BE(8)
  if (count === 0) return x
  if (count === 1) return x ** (curve.readUInt16BE(12) / 256)

  const at = Math.min(Math.floor(x * (count - 1)), count - 2)
  const [low, high] = [at, at + 1].map((i) => curve.readUInt16BE(12 + 2 * i) / 65535)
  return low + (high - low) * (x * (count - 1) - at)
}
