import { linearLight } from './linear-light.ts'
import { type Oklab, toOklab } from './oklab.ts'

/**
 * The ordinary English word for a colour, given as linear red, green and blue (0..1): the nearest
 * entry of `colorNames`. Hue and chroma count twice as much as lightness (ΔE-OK2 of CSS colour
 * libraries), as people name by hue first.
 */
export function nameColor(red: number, green: number, blue: number): string {
  const color = toOklab(red, green, blue)
  let nearest = palette[0]
  for (const entry of palette)
    if (distance(entry.color, color) < distance(nearest.color, color)) nearest = entry
  return nearest.name
}

/** Our own table: a typical sRGB value for each word, several where a word covers much ground. */
export const colorNames: readonly (readonly [name: string, rgb: number])[] = [
  ['black', 0x0a0a0a],
  ['dark grey', 0x404040],
  ['grey', 0x808080],
  ['light grey', 0xc0c0c0],
  ['white', 0xfafafa],
  ['red', 0xff0000],
  ['red', 0xc8202a],
  ['dark red', 0x700c10],
  ['pink', 0xf8a0b8],
  ['magenta', 0xe020c0],
  ['orange', 0xff8000],
  ['orange', 0xffa818],
  ['brown', 0x7a4a24],
  ['dark brown', 0x402818],
  ['tan', 0xc8a47c],
  ['beige', 0xeee0c4],
  ['yellow', 0xf8e020],
  ['gold', 0xd0a020],
  ['olive', 0x707020],
  ['lime green', 0x80e020],
  ['green', 0x20a030],
  ['green', 0x00ff00],
  ['dark green', 0x144a1c],
  ['turquoise', 0x30d0c0],
  ['teal', 0x107878],
  ['light blue', 0xa0ccf0],
  ['blue', 0x0000ff],
  ['blue', 0x3070d0],
  ['dark blue', 0x101c60],
  ['purple', 0x7828a8],
  ['lavender', 0xc0a8e8],
]

const palette = colorNames.map(([name, rgb]) => ({
  name,
  color: toOklab(linearLight[rgb >> 16], linearLight[(rgb >> 8) & 255], linearLight[rgb & 255]),
}))

const distance = (p: Oklab, q: Oklab): number =>
  (p.L - q.L) ** 2 + 4 * (p.a - q.a) ** 2 + 4 * (p.b - q.b) ** 2
