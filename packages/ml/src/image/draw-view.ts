/** Means and standard deviations of the channels of natural images, 0 to 1. Source: ImageNet. */
export const CHANNEL_MEANS = [0.485, 0.456, 0.406] as const
export const CHANNEL_DEVIATIONS = [0.229, 0.224, 0.225] as const

/** A part of an image, in its pixels. */
export type Crop = { left: number; top: number; width: number; height: number }

/** A part of an image, mirrored or not, and what to do to its colours. */
export type View = Crop & {
  mirrored: boolean
  /** Factors; 1 leaves things as they are. */
  brightness: number
  contrast: number
  saturation: number
}

export const wholeCrop = (size: number): Crop => ({ left: 0, top: 0, width: size, height: size })

/** A cut as it is. */
export const plainView = (cut: Crop): View => ({
  ...cut,
  mirrored: false,
  brightness: 1,
  contrast: 1,
  saturation: 1,
})

export const wholeView = (size: number): View => plainView(wholeCrop(size))

/**
 * Draws a view as a model takes it: RGB bytes [size, size, 3] → normalized [3, side, side], written to
 * `into` at `offset`; bilinear.
 */
export function drawView(
  pixels: Uint8Array,
  size: number,
  view: View,
  { into, offset, side, mean = CHANNEL_MEANS, deviation = CHANNEL_DEVIATIONS }: DrawOptions,
): void {
  const columns = sample(view.left, view.width, side, size, view.mirrored)
  const rows = sample(view.top, view.height, side, size, false)
  const middle = view.contrast === 1 ? 0 : meanGray(pixels) * view.brightness
  const color = new Float64Array(3)
  for (let y = 0; y < side; y++) {
    const row = { above: rows.first[y]! * size, below: rows.second[y]! * size }
    const down = rows.weight[y]!
    for (let x = 0; x < side; x++) {
      const [left, right] = [columns.first[x]!, columns.second[x]!]
      const square = {
        a: (row.above + left) * 3,
        b: (row.above + right) * 3,
        c: (row.below + left) * 3,
        d: (row.below + right) * 3,
      }
      mix(color, pixels, square, { down, across: columns.weight[x]! })
      recolor(color, view, middle)
      for (let channel = 0; channel < 3; channel++) {
        into[offset + (channel * side + y) * side + x] =
          (color[channel]! / 255 - mean[channel]!) / deviation[channel]!
      }
    }
  }
}

type DrawOptions = {
  into: Float32Array
  offset: number
  side: number
  /** Of the channels, for a network that was trained with others than ours. */
  mean?: readonly number[]
  deviation?: readonly number[]
}

/** Where the pixels above left, above right, below left and below right of a place begin. */
type Square = { a: number; b: number; c: number; d: number }

/** The colour of a place between four pixels; `down` and `across` are the shares of the further ones. */
function mix(
  color: Float64Array,
  pixels: Uint8Array,
  { a, b, c, d }: Square,
  { down, across }: { down: number; across: number },
): void {
  const ofA = (1 - down) * (1 - across)
  const ofB = (1 - down) * across
  const ofC = down * (1 - across)
  const ofD = down * across
  for (let channel = 0; channel < 3; channel++) {
    color[channel] =
      pixels[a + channel]! * ofA +
      pixels[b + channel]! * ofB +
      pixels[c + channel]! * ofC +
      pixels[d + channel]! * ofD
  }
}

/** Away from gray by `saturation`, brighter by `brightness`, away from `middle` by `contrast`. */
function recolor(
  color: Float64Array,
  { brightness, contrast, saturation }: View,
  middle: number,
): void {
  const gray = RED * color[0]! + GREEN * color[1]! + BLUE * color[2]!
  const lift = (1 - saturation) * gray
  for (let channel = 0; channel < 3; channel++) {
    const bright = (color[channel]! * saturation + lift) * brightness
    color[channel] = clamp(bright * contrast + middle * (1 - contrast))
  }
}

/** Luma. Source: ITU-R BT.601. */
const RED = 0.299
const GREEN = 0.587
const BLUE = 0.114

/** For each of `side` places: the two pixels it lies between, and the share of the second. */
function sample(start: number, length: number, side: number, size: number, mirrored: boolean) {
  const first = new Int32Array(side)
  const second = new Int32Array(side)
  const weight = new Float64Array(side)
  for (let i = 0; i < side; i++) {
    const place = mirrored ? side - 1 - i : i
    const at = Math.min(size - 1, Math.max(0, start + ((place + 0.5) * length) / side - 0.5))
    first[i] = Math.floor(at)
    second[i] = Math.min(size - 1, first[i]! + 1)
    weight[i] = at - first[i]!
  }
  return { first, second, weight }
}

/** Of every 16th pixel: contrast needs no more. */
function meanGray(pixels: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i + 2 < pixels.length; i += 48) {
    sum += RED * pixels[i]! + GREEN * pixels[i + 1]! + BLUE * pixels[i + 2]!
    count++
  }
  return sum / Math.max(1, count)
}

const clamp = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value)
