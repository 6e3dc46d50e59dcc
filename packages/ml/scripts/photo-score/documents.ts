import { type Brush, line, type Point, polyline, rect, sheet, text } from './brush.ts'

const paper = (brush: Brush) =>
  brush.pick(['#fff', '#fff', '#fff', '#fdfbf3', '#f4ecd8', '#f6f6f6'])

/** Lines of words in a column; returns where the next one may begin. */
function paragraph(
  brush: Brush,
  {
    x,
    y,
    width,
    size,
    lines,
    ink,
  }: { x: number; y: number; width: number; size: number; lines: number; ink: string },
  font: string,
): string {
  let content = ''
  for (let i = 0; i < lines; i++) {
    const isLast = i === lines - 1
    const count = Math.max(
      1,
      Math.round((width / (size * 3.1)) * (isLast ? brush.between(0.3, 1) : 1)),
    )
    content += text(
      x,
      y + i * size * 1.45,
      size,
      brush.words(count),
      `font-family="${font}" fill="${ink}"`,
    )
  }
  return content
}

/** A page of a book, an article, a letter: one to three columns, headings, maybe a figure. */
export function textPage(brush: Brush): string {
  const width = brush.int(400, 1100)
  const height = Math.round(width * brush.between(0.6, 1.45))
  const columns = brush.pick([1, 1, 1, 2, 2, 3])
  const size = width / brush.between(35, 80)
  const margin = width * brush.between(0.05, 0.14)
  const inner = (width - 2 * margin) / columns
  const font = brush.font()
  const ink = brush.pick(['#000', '#111', '#333', '#234'])
  let content = ''
  for (let column = 0; column < columns; column++) {
    let y = margin + size * 2
    const place = { x: margin + column * inner, width: inner * 0.93, size, ink }
    while (y < height - margin) {
      if (brush.chance(0.3)) {
        content += text(
          place.x,
          y + size,
          size * 1.5,
          brush.title(),
          `font-family="${font}" font-weight="bold" fill="${ink}"`,
        )
        y += size * 3
      }
      if (brush.chance(0.12)) {
        content += rect(
          place.x,
          y,
          place.width,
          size * 8,
          `fill="${brush.color([80, 95], 20)}" stroke="#888"`,
        )
        y += size * 10
      }
      const lines = Math.min(brush.int(2, 9), Math.floor((height - margin - y) / (size * 1.45)) + 1)
      content += paragraph(brush, { ...place, y, lines }, font)
      y += (lines + 1) * size * 1.45
    }
  }
  return sheet(width, height, paper(brush), `<g>${content}</g>`)
}

export function table(brush: Brush): string {
  const width = brush.int(320, 1200)
  const [columns, rows] = [brush.int(2, 9), brush.int(3, 26)]
  const h = width * brush.between(0.025, 0.06)
  const height = Math.round(h * (rows + 3))
  const w = (width * 0.92) / columns
  const head = brush.color([30, 85], 40)
  const font = brush.font()
  const stripes = brush.chance(0.5)
  let content = text(
    width * 0.04,
    h * 1.1,
    h * 0.7,
    brush.title(),
    `font-family="${font}" font-weight="bold"`,
  )
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [width * 0.04 + column * w, h * (row + 1.7)]
      const fill = row === 0 ? head : stripes && row % 2 ? '#f0f0f0' : '#fff'
      const cell = brush.chance(0.5) ? String(brush.int(0, 9999)) : brush.words(1)
      content += rect(x, y, w, h, `fill="${fill}" stroke="#bbb"`)
      content += text(
        x + w * 0.06,
        y + h * 0.7,
        Math.min(h * 0.55, w * 0.2),
        cell,
        `font-family="${font}" fill="#222"`,
      )
    }
  }
  return sheet(width, height, '#fff', content)
}

/** A slide of a talk: a title, points, perhaps a coloured band. */
export function slide(brush: Brush): string {
  const width = brush.int(480, 1280)
  const height = Math.round(width * brush.pick([0.5625, 0.75]))
  const dark = brush.chance(0.35)
  const ground = dark ? brush.color([8, 30]) : brush.pick(['#fff', brush.color([88, 97])])
  const style = `font-family="${brush.font()}" fill="${dark ? '#fff' : '#222'}"`
  const band = brush.chance(0.5)
    ? rect(0, 0, width, height * 0.2, `fill="${brush.color([25, 60])}"`)
    : ''
  const points = brush.times(1, 7, (i) =>
    text(
      width * 0.08,
      height * (0.34 + 0.09 * i),
      height * 0.05,
      `• ${brush.words(brush.int(2, 7))}`,
      style,
    ),
  )
  const shape = brush.chance(0.4)
    ? rect(width * 0.62, height * 0.3, width * 0.3, height * 0.5, `rx="12" fill="${brush.color()}"`)
    : ''
  return sheet(
    width,
    height,
    ground,
    band + text(width * 0.07, height * 0.14, height * 0.085, brush.title(), style) + points + shape,
  )
}

/** A form, a bill, a receipt: labels, fields, rules. */
export function form(brush: Brush): string {
  const width = brush.int(300, 900)
  const height = Math.round(width * brush.between(0.7, 2))
  const size = width / brush.between(24, 48)
  const style = `font-family="${brush.font()}" fill="#222"`
  let content = text(width * 0.08, size * 3, size * 1.8, brush.title(), style)
  for (let y = size * 6; y < height - size * 3; y += size * brush.between(2, 4)) {
    content += text(width * 0.08, y, size, brush.words(2), style)
    content += brush.chance(0.5)
      ? rect(width * 0.45, y - size, width * 0.45, size * 1.5, 'fill="#fff" stroke="#777"')
      : line(width * 0.08, y + size * 0.6, width * 0.92, y + size * 0.6, 'stroke="#999"')
  }
  return sheet(width, height, paper(brush), content)
}

/** Strokes of a pen on plain or lined paper. */
export function handwriting(brush: Brush): string {
  const width = brush.int(300, 1000)
  const height = Math.round(width * brush.between(0.4, 1.3))
  const gap = height / brush.int(4, 16)
  const ink = brush.pick(['#123', '#113a8c', '#000', '#333'])
  const lined = brush.chance(0.5)
  const reach = gap * brush.between(0.15, 0.3)
  let content = ''
  for (let y = gap; y < height - gap * 0.4; y += gap) {
    if (lined)
      content += line(0, y + gap * 0.25, width, y + gap * 0.25, 'stroke="#9bc" stroke-width="1"')
    let x = width * brush.between(0.05, 0.1)
    while (x < width * brush.between(0.8, 0.95)) {
      const letters: Point[] = []
      for (let i = brush.int(5, 25); i > 0; i--) {
        letters.push([x, y + brush.between(-reach, reach) * brush.pick([1, 1, 2.2])])
        x += reach * brush.between(0.2, 0.6)
      }
      content += polyline(
        letters,
        `stroke="${ink}" stroke-width="${Math.max(1, gap * 0.04)}" stroke-linejoin="round" stroke-linecap="round"`,
      )
      x += reach * 2
    }
  }
  return sheet(width, height, paper(brush), content)
}
