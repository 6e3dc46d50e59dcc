/** A map of grid · grid places with so many channels. */
export type MapShape = { grid: number; channels: number }

/** Of a packed map: a scale of four bytes and a byte a channel for each place. */
export const quantizedBytes = ({ grid, channels }: MapShape): number => grid * grid * (4 + channels)

/**
 * A map [grid · grid, channels] in 8 bits a value: value ≈ scale · n, n from −127 to 127. Each place has a
 * scale of its own, so that places with little to say keep their direction.
 */
export function quantizeMap(map: Float32Array, { grid, channels }: MapShape): Uint8Array {
  const packed = new Uint8Array(quantizedBytes({ grid, channels }))
  const { scales, numbers } = viewsOf(packed, grid)
  for (let place = 0; place < grid * grid; place++) {
    const values = map.subarray(place * channels, (place + 1) * channels)
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127
    scales[place] = scale
    if (scale === 0) continue
    for (let c = 0; c < channels; c++) {
      numbers[place * channels + c] = Math.round(values[c]! / scale)
    }
  }
  return packed
}

/** Fills `into` with a packed map, or with its mirror image: the places of each row from right to left. */
export function dequantizeMap(
  packed: Uint8Array<ArrayBuffer>,
  { grid, channels }: MapShape,
  { mirrored, into }: { mirrored: boolean; into: Float32Array },
): void {
  const { scales, numbers } = viewsOf(packed, grid)
  for (let place = 0; place < grid * grid; place++) {
    const column = place % grid
    const from = mirrored ? place - column + (grid - 1 - column) : place
    const scale = scales[from]!
    for (let c = 0; c < channels; c++) {
      into[place * channels + c] = numbers[from * channels + c]! * scale
    }
  }
}

const viewsOf = ({ buffer, byteOffset }: Uint8Array<ArrayBuffer>, grid: number) => ({
  scales: new Float32Array(buffer, byteOffset, grid * grid),
  numbers: new Int8Array(buffer, byteOffset + 4 * grid * grid),
})
