/**
 * What tells pixels of a camera from drawn ones, in a few numbers between about 0 and 1, of a square of
 * RGB bytes, `size` pixels a side. Drawn pictures have areas of exactly one colour, few colours, and
 * edges along rows and columns; photos have grain everywhere.
 */
export function pixelStatistics(pixels: Uint8Array, size: number): number[] {
  const neighbours = compareNeighbours(pixels, size)
  return [...neighbours, ...countColors(pixels), ...measureLight(pixels), plainBlocks(pixels, size)]
}

/** So many numbers `pixelStatistics` returns. */
export const pixelStatisticCount = 19

/** Shares of pixels by how much the next ones to the right and below differ, in their widest channel. */
function compareNeighbours(pixels: Uint8Array, size: number): number[] {
  const counts = { same: 0, close: 0, grain: 0, edge: 0, jump: 0, straight: 0 }
  for (let y = 0; y + 1 < size; y++) {
    for (let x = 0; x + 1 < size; x++) {
      const at = (y * size + x) * 3
      const right = difference(pixels, at, at + 3)
      const below = difference(pixels, at, at + size * 3)
      const most = Math.max(right, below)
      if (most <= 1) counts.same++
      if (most <= 4) counts.close++
      else if (most <= 16) counts.grain++
      else if (most > 96) counts.jump++
      if (most > 32) counts.edge++
      if (most > 32 && Math.min(right, below) <= 4) counts.straight++
    }
  }
  const all = Math.max(1, (size - 1) ** 2)
  const { same, close, grain, edge, jump, straight } = counts
  const shares = [same, close, grain, edge, jump].map((count) => count / all)
  return [...shares, Math.sqrt(same / all), straight / Math.max(1, edge)]
}

function difference(pixels: Uint8Array, one: number, other: number): number {
  let most = 0
  for (let channel = 0; channel < 3; channel++) {
    most = Math.max(most, Math.abs(pixels[one + channel]! - pixels[other + channel]!))
  }
  return most
}

/** How many of 4,096 colours there are, and how much of the picture the commonest ones fill. */
function countColors(pixels: Uint8Array): number[] {
  const counts = new Uint32Array(4096)
  for (let at = 0; at < pixels.length; at += 3) {
    counts[((pixels[at]! >> 4) << 8) | ((pixels[at + 1]! >> 4) << 4) | (pixels[at + 2]! >> 4)]!++
  }
  const all = Math.max(1, pixels.length / 3)
  const sorted = counts.toSorted().reverse()
  const share = (most: number) => sorted.subarray(0, most).reduce((sum, n) => sum + n, 0) / all
  const distinct = sorted.indexOf(0)
  return [
    Math.log2(distinct < 0 ? 4096 : distinct) / 12,
    share(1),
    share(4),
    share(16),
    entropy(sorted, all) / 12,
  ]
}

/** In bits. */
function entropy(counts: Uint32Array, all: number): number {
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / all) * Math.log2(count / all)
  return bits
}

/** Mean and spread of lightness and saturation, and the shares of white and of black. */
function measureLight(pixels: Uint8Array): number[] {
  const lightness = { sum: 0, squares: 0 }
  const saturation = { sum: 0, squares: 0 }
  let white = 0
  let black = 0
  for (let at = 0; at < pixels.length; at += 3) {
    const [r, g, b] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    const [low, high] = [Math.min(r, g, b), Math.max(r, g, b)]
    add(lightness, (low + high) / 510)
    add(saturation, (high - low) / 255)
    if (low >= 250) white++
    if (high <= 5) black++
  }
  const all = Math.max(1, pixels.length / 3)
  return [...spreadOf(lightness, all), ...spreadOf(saturation, all), white / all, black / all]
}

type Sums = { sum: number; squares: number }

function add(sums: Sums, value: number): void {
  sums.sum += value
  sums.squares += value * value
}

const spreadOf = ({ sum, squares }: Sums, count: number): number[] => [
  sum / count,
  Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
]

/** The share of blocks of 8 × 8 pixels in which no channel varies by more than 3. */
function plainBlocks(pixels: Uint8Array, size: number): number {
  const across = Math.floor(size / BLOCK)
  let plain = 0
  for (let block = 0; block < across * across; block++) {
    const corner = Math.floor(block / across) * BLOCK * size + (block % across) * BLOCK
    if (isPlain(pixels, corner, size)) plain++
  }
  return plain / Math.max(1, across * across)
}

const BLOCK = 8

function isPlain(pixels: Uint8Array, corner: number, size: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    let [low, high] = [255, 0]
    for (let y = 0; y < BLOCK; y++) {
      for (let x = 0; x < BLOCK; x++) {
        const value = pixels[(corner + y * size + x) * 3 + channel]!
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
    }
    if (high - low > 3) return false
  }
  return true
}
