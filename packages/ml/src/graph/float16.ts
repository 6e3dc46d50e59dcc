/**
 * Half-precision numbers (IEEE 754-2008 binary16), for storing weights in half the space. Rounds to
 * nearest, ties to even; beyond ±65504 becomes infinite.
 */
export function toFloat16(values: Float32Array): Uint16Array {
  // Float16Array is newer than the Node we run on, DataView's setters, too.
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  return Uint16Array.from(bits, halfOf)
}

/** Whether no finite number becomes infinite. */
export const fitsFloat16 = (values: Float32Array): boolean =>
  values.every((value) => Math.abs(value) < TOO_LARGE || !Number.isFinite(value))

/** Halfway from the largest half, 65504, to the next there would be. */
const TOO_LARGE = 65520

export function fromFloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i++) values[i] = widened[halves[i]!]!
  return values
}

/** All there are: looking up is ten times as quick as computing. */
const widened = Float32Array.from({ length: 2 ** 16 }, (_, half) => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
})

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  const fraction = bits & 0x7fffff
  if (exponent >= 31) {
    const isNumberless = exponent === 143 && fraction !== 0
    return sign | (isNumberless ? 0x7e00 : 0x7c00)
  }
  if (exponent <= 0) return sign | (exponent < -10 ? 0 : round(fraction | 0x800000, 14 - exponent))
  return sign | ((exponent << 10) + round(fraction, 13)) // a carry rightly goes into the exponent
}

/** value / 2^shift to the nearest whole number, ties to the even one. */
function round(value: number, shift: number): number {
  const whole = value >>> shift
  const rest = value & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return rest > half || (rest === half && whole & 1) ? whole + 1 : whole
}
