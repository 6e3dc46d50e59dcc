import {
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

const canvas = (brush: Brush) => {
  const width = brush.int(300, 1300)
  return { width, height: Math.round(width * brush.between(0.5, 1.3)) }
}

/** Boxes in rows, joined by arrows. */
export function flowChart(brush: Brush): string {
  const { width, height } = canvas(brush)
  const [columns, rows] = [brush.int(2, 5), brush.int(2, 5)]
  const [w, h] = [width / columns, height / rows]
  const fills = [brush.color([75, 95]), brush.color([75, 95]), '#fff']
  const stroke = `stroke="${brush.color([10, 45], 30)}" stroke-width="${brush.int(1, 4)}"`
  const font = `font-family="${brush.font()}" fill="#222" text-anchor="middle"`
  let content = ''
  for (let i = 0; i < columns * rows; i++) {
    if (brush.chance(0.2)) continue
    const [x, y] = [(i % columns) * w, Math.floor(i / columns) * h]
    const [cx, cy] = [x + w / 2, y + h / 2]
    if (i % columns < columns - 1) content += line(cx, cy, cx + w, cy, stroke)
    if (brush.chance(0.6) && y + h < height - 5)
      content += line(cx, cy, cx, cy + h, stroke) + arrowHead(cx, y + h)
    const style = `fill="${brush.pick(fills)}" ${stroke}`
    const shape = brush.int(0, 2)
    if (shape === 0)
      content += rect(
        x + w * 0.15,
        y + h * 0.25,
        w * 0.7,
        h * 0.5,
        `rx="${brush.pick([0, 0, 8, 20])}" ${style}`,
      )
    if (shape === 1)
      content += polygon(
        [
          [cx, y + h * 0.15],
          [x + w * 0.9, cy],
          [cx, y + h * 0.85],
          [x + w * 0.1, cy],
        ],
        style,
      )
    if (shape === 2)
      content += `<ellipse cx="${cx}" cy="${cy}" rx="${w * 0.36}" ry="${h * 0.26}" ${style}/>`
    content += text(cx, cy + 5, Math.min(w * 0.09, h * 0.14), brush.words(2), font)
  }
  return sheet(width, height, brush.pick(['#fff', '#fff', '#fdfdf5', '#eef']), content)
}

const arrowHead = (x: number, y: number) =>
  polygon(
    [
      [x, y],
      [x - 5, y - 10],
      [x + 5, y - 10],
    ],
    'fill="#333"',
  )

/** Circles joined by lines, anywhere. */
export function nodeGraph(brush: Brush): string {
  const { width, height } = canvas(brush)
  const nodes: Point[] = Array.from({ length: brush.int(5, 30) }, () => [
    brush.between(0.06, 0.94) * width,
    brush.between(0.06, 0.94) * height,
  ])
  const edges = brush.times(nodes.length, nodes.length * 2, () =>
    line(
      ...brush.pick(nodes),
      ...brush.pick(nodes),
      `stroke="#666" stroke-width="${brush.int(1, 3)}"`,
    ),
  )
  const fill = brush.color([40, 85])
  const font = `font-family="${brush.font()}" text-anchor="middle"`
  const radius = brush.between(0.015, 0.05) * width
  const dots = nodes.map(
    ([x, y], i) =>
      circle(x, y, radius, `fill="${fill}" stroke="#222"`) +
      text(x, y + radius * 0.3, radius * 0.9, String(i), font),
  )
  return sheet(
    width,
    height,
    brush.pick(['#fff', '#fff', '#f7f7f7', '#101418']),
    edges + dots.join(''),
  )
}

/** Wires at right angles between symbols. */
export function circuit(brush: Brush): string {
  const { width, height } = canvas(brush)
  const grid = width / brush.int(10, 24)
  const ink = brush.pick(['#000', '#064', '#00c', '#800'])
  const stroke = `stroke="${ink}" stroke-width="${Math.max(1, grid * 0.06)}"`
  const snap = (limit: number) => Math.round(brush.between(1, limit / grid - 1)) * grid
  const content = brush.times(10, 40, () => {
    const [x, y, x2, y2] = [snap(width), snap(height), snap(width), snap(height)]
    const wire = polyline(
      [
        [x, y],
        [x2, y],
        [x2, y2],
      ],
      stroke,
    )
    const part = brush.int(0, 3)
    const label = text(
      x + grid * 0.2,
      y - grid * 0.5,
      grid * 0.5,
      `R${brush.int(1, 99)}`,
      `fill="${ink}" font-family="monospace"`,
    )
    if (part === 0)
      return (
        wire + rect(x - grid, y - grid * 0.4, grid * 2, grid * 0.8, `fill="#fff" ${stroke}`) + label
      )
    if (part === 1) return wire + circle(x, y, grid * 0.7, `fill="none" ${stroke}`) + label
    if (part === 2)
      return (
        wire +
        polygon(
          [
            [x - grid, y - grid],
            [x + grid, y],
            [x - grid, y + grid],
          ],
          `fill="none" ${stroke}`,
        )
      )
    return wire + circle(x2, y, grid * 0.15, `fill="${ink}"`)
  })
  return sheet(width, height, brush.pick(['#fff', '#fff', '#ffe', '#f5f4ef']), content)
}

/** Rooms with doors and measures. */
export function floorPlan(brush: Brush): string {
  const { width, height } = canvas(brush)
  const wall = `stroke="#222" stroke-width="${brush.int(3, 9)}" fill="${brush.pick(['none', '#fff', '#f3ead7'])}"`
  const font = `font-family="${brush.font()}" fill="#333"`
  const split = (x: number, y: number, w: number, h: number, depth: number): string => {
    if (depth === 0 || w < width * 0.15 || h < height * 0.15) {
      const door = `<path d="M${x + w * 0.3} ${y + h} a${w * 0.2} ${w * 0.2} 0 0 1 ${w * 0.2} -${w * 0.2}" fill="none" stroke="#555"/>`
      const furniture = brush.chance(0.6)
        ? rect(x + w * 0.1, y + h * 0.1, w * 0.3, h * 0.25, 'fill="none" stroke="#777"')
        : ''
      return (
        rect(x, y, w, h, wall) +
        door +
        furniture +
        text(x + w * 0.3, y + h * 0.55, Math.min(w, h) * 0.12, brush.words(1), font)
      )
    }
    const cut = brush.between(0.35, 0.65)
    if (w > h)
      return split(x, y, w * cut, h, depth - 1) + split(x + w * cut, y, w * (1 - cut), h, depth - 1)
    return split(x, y, w, h * cut, depth - 1) + split(x, y + h * cut, w, h * (1 - cut), depth - 1)
  }
  const plan = split(width * 0.06, height * 0.06, width * 0.88, height * 0.88, brush.int(2, 4))
  return sheet(width, height, brush.pick(['#fff', '#fff', '#eef4fb']), plan)
}

/** Lines of five with notes on them. */
export function sheetMusic(brush: Brush): string {
  const { width, height } = canvas(brush)
  const gap = height / brush.int(45, 90)
  const staves = Math.floor(height / (gap * 11))
  let content = text(width * 0.3, gap * 4, gap * 3, brush.title(), 'font-family="serif"')
  for (let s = 0; s < staves; s++) {
    const top = gap * (6 + 10.5 * s)
    for (let i = 0; i < 5; i++)
      content += line(width * 0.05, top + i * gap, width * 0.95, top + i * gap, 'stroke="#000"')
    content += brush.times(8, 30, (i, count) => {
      const x = width * (0.1 + (0.84 * i) / count)
      const y = top + brush.int(-2, 10) * gap * 0.5
      const head = `<ellipse cx="${x}" cy="${y}" rx="${gap * 0.65}" ry="${gap * 0.45}" fill="${brush.pick(['#000', '#000', 'none'])}" stroke="#000"/>`
      const bar = i % 6 === 5 ? line(x + gap, top, x + gap, top + 4 * gap, 'stroke="#000"') : ''
      return (
        head +
        line(x + gap * 0.6, y, x + gap * 0.6, y - gap * 3.2, 'stroke="#000" stroke-width="1.4"') +
        bar
      )
    })
  }
  return sheet(width, height, brush.pick(['#fff', '#fff', '#fbf6e8']), content)
}
