/** 8-bit sRGB → linear light, 0..1 (IEC 61966-2-1). */
export const linearLight: Float32Array = Float32Array.from({ length: 256 }, (_, value) =>
  toLinearLight(value / 255),
)

/** sRGB's tone curve: coded value 0..1 → linear light 0..1 (IEC 61966-2-1). */
export function toLinearLight(x: number): number {
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4
}
