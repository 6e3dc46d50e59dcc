import {
  around,
  type Brush,
  circle,
  line,
  type Point,
  polygon,
  polyline,
  rect,
  sheet,
  text,
} from './brush.ts'

/** Countries or districts: neighbouring areas, names, water. */
export function regionMap(brush: Brush): string {
  const width = brush.int(300, 1200)
  const height = Math.round(width * brush.between(0.6, 1.1))
  const [columns, rows] = [brush.int(3, 9), brush.int(3, 8)]
  const corner = Array.from(
    { length: (columns + 1) * (rows + 1) },
    (_, i): Point => [
      ((i % (columns + 1)) + brush.between(-0.35, 0.35)) * (width / columns),
      (Math.floor(i / (columns + 1)) + brush.between(-0.35, 0.35)) * (height / rows),
    ],
  )
  const water = brush.pick(['#a6cfe8', '#b5d3e7', '#dfefff', '#fff'])
  const shades = Array.from({ length: brush.int(2, 7) }, () =>
    brush.color([60, 92], brush.int(10, 70)),
  )
  const border = `stroke="${brush.pick(['#555', '#fff', '#a55', '#000'])}" stroke-width="${brush.between(0.6, 3)}"`
  const font = `font-family="${brush.font()}" fill="#222"`
  let content = ''
  for (let i = 0; i < columns * rows; i++) {
    if (brush.chance(0.18)) continue
    const at = Math.floor(i / columns) * (columns + 1) + (i % columns)
    const ring = [
      corner[at]!,
      corner[at + 1]!,
      corner[at + columns + 2]!,
      corner[at + columns + 1]!,
    ]
    content += polygon(
      ring.flatMap((point, j) => jagged(brush, point, ring[(j + 1) % 4]!)),
      `fill="${brush.pick(shades)}" ${border}`,
    )
    if (brush.chance(0.6))
      content += text(
        ring[0]![0] + width * 0.02,
        ring[0]![1] + height * 0.08,
        width * 0.018,
        brush.title(),
        font,
      )
  }
  return sheet(width, height, water, content)
}

/** From one point towards another, not straight; the same way back gives the other side its own line. */
const jagged = (brush: Brush, [x, y]: Point, [x2, y2]: Point): Point[] =>
  Array.from({ length: 6 }, (_, i) => [
    x + ((x2 - x) * i) / 6 + (x2 - x + y2 - y) * brush.between(-0.04, 0.04),
    y + ((y2 - y) * i) / 6 + (x2 - x + y2 - y) * brush.between(-0.04, 0.04),
  ])

/** Streets with casings, parks and blocks, as route planners draw them. */
export function streetMap(brush: Brush): string {
  const width = brush.int(300, 1100)
  const height = Math.round(width * brush.between(0.6, 1.2))
  const dark = brush.chance(0.2)
  const park = () =>
    polygon(
      around(brush, {
        x: brush.between(0, width),
        y: brush.between(0, height),
        radius: width * brush.between(0.05, 0.2),
        corners: 8,
        rough: 0.4,
      }),
      `fill="${dark ? '#263c3f' : brush.pick(['#cde6b9', '#c8e0f4', '#e4dccb'])}"`,
    )
  const streets = brush.times(6, 30, () => {
    const [x, y] = [brush.between(0, width), brush.between(0, height)]
    const angle = brush.pick([0, 0.5, 1, 1.5]) * Math.PI + brush.between(-0.25, 0.25)
    const end: Point = [x + width * Math.cos(angle), y + width * Math.sin(angle)]
    const wide = brush.pick([2, 3, 5, 9])
    const color = dark ? '#38414e' : brush.pick(['#fff', '#fff', '#fde293', '#f8b86a'])
    return (
      line(x, y, ...end, `stroke="${dark ? '#212a37' : '#bbb'}" stroke-width="${wide + 2}"`) +
      line(x, y, ...end, `stroke="${color}" stroke-width="${wide}"`)
    )
  })
  const names = brush.times(3, 15, () =>
    text(
      brush.between(0, width),
      brush.between(0, height),
      width * 0.018,
      brush.title(),
      `font-family="${brush.font()}" fill="${dark ? '#9aa' : '#555'}"`,
    ),
  )
  return sheet(
    width,
    height,
    dark ? '#242f3e' : '#f2efe9',
    brush.times(2, 8, park) + streets + names,
  )
}

/** One sign on an empty ground. */
export function icon(brush: Brush): string {
  const size = brush.int(48, 512)
  const ground = brush.pick(['#fff', '#fff', '#eee', '#222', brush.color()])
  return sheet(size, size, ground, sign(brush, { x: size * 0.1, y: size * 0.1, size: size * 0.8 }))
}

/** Many signs in rows. */
export function iconSheet(brush: Brush): string {
  const columns = brush.int(3, 10)
  const size = brush.int(30, 90)
  const rows = brush.int(2, 8)
  let content = ''
  for (let i = 0; i < columns * rows; i++) {
    content += sign(brush, {
      x: (i % columns) * size + size * 0.15,
      y: Math.floor(i / columns) * size + size * 0.15,
      size: size * 0.7,
    })
  }
  return sheet(columns * size, rows * size, brush.pick(['#fff', '#f4f4f4', '#1d1d22']), content)
}

function sign(brush: Brush, { x, y, size }: { x: number; y: number; size: number }): string {
  const [cx, cy, r] = [x + size / 2, y + size / 2, size / 2]
  const fill = brush.color([20, 70])
  const back = brush.pick([
    '',
    rect(x, y, size, size, `rx="${size * brush.between(0, 0.3)}" fill="${fill}"`),
    circle(cx, cy, r, `fill="${fill}"`),
  ])
  const ink = back === '' ? fill : brush.pick(['#fff', '#fff', brush.color([80, 95])])
  const inner = brush.int(0, 4)
  const stroke = `stroke="${ink}" stroke-width="${size * 0.08}" stroke-linecap="round" fill="none"`
  if (inner === 0)
    return (
      back +
      polygon(
        around(brush, {
          x: cx,
          y: cy,
          radius: r * 0.6,
          corners: brush.int(3, 8),
          rough: brush.pick([0, 0.4]),
        }),
        `fill="${ink}"`,
      )
    )
  if (inner === 1)
    return (
      back +
      text(
        cx,
        cy + size * 0.2,
        size * 0.6,
        brush.pick(['A', '?', '!', 'R', 'i', '5', '&amp;', '+']),
        `font-family="${brush.font()}" font-weight="bold" text-anchor="middle" fill="${ink}"`,
      )
    )
  if (inner === 2)
    return (
      back +
      [0.3, 0.5, 0.7]
        .map((at) => line(x + size * 0.25, y + size * at, x + size * 0.75, y + size * at, stroke))
        .join('')
    )
  if (inner === 3)
    return (
      back +
      circle(cx - size * 0.06, cy - size * 0.06, size * 0.2, stroke) +
      line(cx + size * 0.08, cy + size * 0.08, cx + size * 0.25, cy + size * 0.25, stroke)
    )
  return (
    back +
    polyline(
      [
        [x + size * 0.25, cy],
        [cx - size * 0.05, y + size * 0.7],
        [x + size * 0.78, y + size * 0.3],
      ],
      stroke,
    )
  )
}

/** Black and white squares with three finders. */
export function qrCode(brush: Brush): string {
  const modules = brush.pick([21, 25, 29, 37])
  const cell = brush.int(3, 14)
  const quiet = brush.int(1, 4)
  const ink = brush.pick(['#000', '#000', brush.color([10, 35])])
  let content = ''
  for (let i = 0; i < modules * modules; i++) {
    if (brush.chance(0.5))
      content += rect(
        (quiet + (i % modules)) * cell,
        (quiet + Math.floor(i / modules)) * cell,
        cell,
        cell,
        `fill="${ink}"`,
      )
  }
  for (const [column, row] of [
    [0, 0],
    [modules - 7, 0],
    [0, modules - 7],
  ] as const) {
    const at = (inset: number, size: number, fill: string) =>
      rect(
        (quiet + column + inset) * cell,
        (quiet + row + inset) * cell,
        size * cell,
        size * cell,
        `fill="${fill}"`,
      )
    content += at(-1, 9, '#fff') + at(0, 7, ink) + at(1, 5, '#fff') + at(2, 3, ink)
  }
  const side = (modules + 2 * quiet) * cell
  return sheet(side, side, '#fff', content)
}

/** A mirrored creature of few large squares, or a level of an old game. */
export function pixelArt(brush: Brush): string {
  const cells = brush.int(8, 40)
  const cell = brush.int(4, 24)
  const palette = Array.from({ length: brush.int(2, 7) }, () => brush.color([15, 85]))
  const mirrored = brush.chance(0.5)
  let content = ''
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < (mirrored ? cells / 2 : cells); x++) {
      const near = Math.hypot(x - cells / 2, y - cells / 2) < cells * 0.4
      if (!brush.chance(mirrored ? (near ? 0.7 : 0.1) : 0.75)) continue
      const style = `fill="${palette[mirrored ? brush.int(0, palette.length - 1) : Math.floor((y * palette.length) / cells)]}" shape-rendering="crispEdges"`
      content += rect(x * cell, y * cell, cell, cell, style)
      if (mirrored) content += rect((cells - 1 - x) * cell, y * cell, cell, cell, style)
    }
  }
  return sheet(cells * cell, cells * cell, brush.pick(['#000', '#fff', brush.color()]), content)
}

/** One colour into others, or nothing at all. */
export function plain(brush: Brush): string {
  const width = brush.int(100, 800)
  const height = Math.round(width * brush.between(0.5, 1.5))
  const stops = brush.times(
    1,
    4,
    (i, count) =>
      `<stop offset="${i / Math.max(1, count - 1)}" stop-color="${brush.color([5, 95])}"/>`,
  )
  const kind = brush.pick(['linearGradient', 'radialGradient'])
  return sheet(
    width,
    height,
    '#fff',
    `<defs><${kind} id="g">${stops}</${kind}></defs>${rect(0, 0, width, height, 'fill="url(#g)"')}`,
  )
}

/** Stripes, dots or checks all over. */
export function pattern(brush: Brush): string {
  const size = brush.int(120, 700)
  const step = size / brush.int(4, 40)
  const [one, other] = [brush.color([10, 90]), brush.color([10, 90])]
  const kind = brush.int(0, 2)
  const tile = [
    rect(0, 0, step / 2, step, `fill="${one}"`),
    circle(step / 2, step / 2, step * brush.between(0.15, 0.45), `fill="${one}"`),
    rect(0, 0, step / 2, step / 2, `fill="${one}"`) +
      rect(step / 2, step / 2, step / 2, step / 2, `fill="${one}"`),
  ][kind]
  const turn = `patternTransform="rotate(${brush.pick([0, 0, 45, brush.int(0, 90)])})"`
  return sheet(
    size,
    size,
    other,
    `<defs><pattern id="p" width="${step}" height="${step}" patternUnits="userSpaceOnUse" ${turn}>${tile}</pattern></defs>${rect(0, 0, size, size, 'fill="url(#p)"')}`,
  )
}

/** Turbulence: clouds and grain that no camera saw. */
export function noise(brush: Brush): string {
  const size = brush.int(100, 500)
  const frequency = brush.pick([0.004, 0.01, 0.03, 0.1, 0.4, 0.9])
  const kind = brush.pick(['turbulence', 'fractalNoise'])
  const filter = `<filter id="n"><feTurbulence type="${kind}" baseFrequency="${frequency}" numOctaves="${brush.int(1, 5)}" seed="${brush.int(0, 9999)}"/></filter>`
  return sheet(
    size,
    size,
    brush.color([10, 90]),
    `${filter}<rect width="100%" height="100%" filter="url(#n)"/>`,
  )
}
