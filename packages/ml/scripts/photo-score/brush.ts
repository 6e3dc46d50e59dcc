import type { Random } from '../../src/random.ts'

/** Chance in the forms that drawings need. */
export type Brush = ReturnType<typeof createBrush>

export function createBrush(random: Random) {
  const between = (low: number, high: number) => low + (high - low) * random()
  const int = (low: number, high: number) => Math.floor(between(low, high + 1))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const words = (count: number) => Array.from({ length: count }, () => pick(WORDS)).join(' ')
  return {
    between,
    int,
    pick,
    words,
    chance: (share: number) => random() < share,
    font: () => pick(FONTS),
    /** Any colour; `lightness` in percent. */
    color: (lightness: readonly [number, number] = [25, 75], saturation = int(10, 95)) =>
      `hsl(${int(0, 359)} ${saturation}% ${int(...lightness)}%)`,
    title: () => words(int(1, 4)).replace(/^./, (letter) => letter.toUpperCase()),
    times: (low: number, high: number, draw: (index: number, count: number) => string): string => {
      const count = int(low, high)
      return Array.from({ length: count }, (_, i) => draw(i, count)).join('')
    },
  }
}

/** A picture of these pixels, with this ground. */
export const sheet = (width: number, height: number, ground: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
  `viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${ground}"/>${content}</svg>`

export const rect = (x: number, y: number, w: number, h: number, style: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(w, 0.1))}" height="${round(Math.max(h, 0.1))}" ${style}/>`

export const circle = (x: number, y: number, r: number, style: string): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}" ${style}/>`

export const line = (x1: number, y1: number, x2: number, y2: number, style: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${style}/>`

export const text = (x: number, y: number, size: number, content: string, style = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${round(size)}" ${style}>${content}</text>`

export type Point = readonly [x: number, y: number]

export const polygon = (points: readonly Point[], style: string): string =>
  `<polygon points="${points.map((point) => point.map(round).join(',')).join(' ')}" ${style}/>`

export const polyline = (points: readonly Point[], style: string): string =>
  `<polyline style="fill:none" points="${points.map((point) => point.map(round).join(',')).join(' ')}" ${style}/>`

/** Points around a centre, a blob when `rough` is small and a star when it is large. */
export function around(
  brush: Brush,
  {
    x,
    y,
    radius,
    corners,
    rough,
  }: { x: number; y: number; radius: number; corners: number; rough: number },
): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners
    const reach = radius * brush.between(1 - rough, 1 + rough)
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)] as const
  })
}

const round = (value: number) => Math.round(value * 100) / 100

const FONTS = [
  'sans-serif',
  'serif',
  'monospace',
  'DejaVu Sans',
  'DejaVu Serif',
  'Liberation Sans',
  'Lato',
]

const WORDS =
  'the of and to in is for on with as by from at total input output value report annual data user system level open close new file edit view help time year plan market price order item result figure table section note water north river road city network server request response index sum mean error model number first second left right start end true false return const function import export select where name date page list group account report growth rate share cost sales region team project status done next previous settings profile message search home about contact language version size color weight height width speed energy power signal phase cell layer node edge path step cycle method theory force mass field wave particle history music paper letter book chapter story news world country people'.split(
    ' ',
  )
