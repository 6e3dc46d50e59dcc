import { type Brush, circle, rect, sheet, text } from './brush.ts'

type Theme = { ground: string; panel: string; ink: string; faint: string; accent: string }

const themeOf = (brush: Brush): Theme => {
  const accent = brush.color([40, 60], 80)
  if (brush.chance(0.45))
    return {
      ground: brush.color([6, 16], 12),
      panel: brush.color([14, 24], 12),
      ink: '#ddd',
      faint: '#778',
      accent,
    }
  return { ground: '#fff', panel: brush.color([90, 97], 15), ink: '#222', faint: '#889', accent }
}

/** A program on a desktop or a page in a browser: bar, side list, content. */
export function appWindow(brush: Brush): string {
  const width = brush.int(500, 1400)
  const height = Math.round(width * brush.between(0.5, 0.8))
  const { ground, panel, ink, faint, accent } = themeOf(brush)
  const size = width / brush.between(55, 95)
  const font = `font-family="${brush.font()}"`
  const bar =
    rect(0, 0, width, size * 3, `fill="${panel}"`) +
    ['#e55', '#ec5', '#5b5']
      .map((color, i) => circle(size * (1.5 + 1.6 * i), size * 1.5, size * 0.5, `fill="${color}"`))
      .join('')
  const menu = brush.times(3, 8, (i) =>
    text(size * (8 + 7 * i), size * 1.9, size, brush.words(1), `${font} fill="${ink}"`),
  )
  const side = brush.chance(0.7) ? width * brush.between(0.15, 0.28) : 0
  const list = side
    ? rect(0, size * 3, side, height, `fill="${panel}"`) +
      brush.times(5, 22, (i) =>
        text(
          size * 1.5,
          size * (6 + 2.2 * i),
          size,
          brush.words(2),
          `${font} fill="${i === 2 ? accent : faint}"`,
        ),
      )
    : ''
  const inner = width - side - 2 * size
  const content = brush.times(4, 16, (i) => {
    const [x, y] = [side + size, size * (5 + i * 3.4)]
    const kind = brush.int(0, 3)
    if (kind === 0)
      return rect(
        x,
        y,
        inner * brush.between(0.2, 0.95),
        size * 2.4,
        `rx="4" fill="${panel}" stroke="${faint}" stroke-opacity="0.4"`,
      )
    if (kind === 1)
      return (
        rect(x, y, size * 9, size * 2.2, `rx="5" fill="${accent}"`) +
        text(x + size, y + size * 1.5, size, brush.words(1), `${font} fill="#fff"`)
      )
    return text(
      x,
      y + size,
      size * brush.pick([1, 1, 1.5]),
      brush.words(brush.int(3, 9)),
      `${font} fill="${ink}"`,
    )
  })
  return sheet(width, height, ground, bar + menu + list + content)
}

/** Source text with coloured words, or the output of commands. */
export function codeEditor(brush: Brush): string {
  const width = brush.int(400, 1300)
  const height = Math.round(width * brush.between(0.4, 1))
  const { ground, panel, ink, faint } = themeOf(brush)
  const size = width / brush.between(45, 90)
  const colors = [ink, ink, brush.color([50, 65], 80), brush.color([50, 65], 80), faint]
  const rows = Math.floor(height / (size * 1.5))
  let content = rect(0, 0, size * 4, height, `fill="${panel}"`)
  for (let row = 0; row < rows; row++) {
    const y = size * 1.5 * (row + 1)
    content += text(size, y, size * 0.9, String(row + 1), `font-family="monospace" fill="${faint}"`)
    if (brush.chance(0.15)) continue
    let x = size * (5 + 2 * brush.int(0, 4))
    for (let i = brush.int(1, 6); i > 0; i--) {
      const word = brush.words(1) + brush.pick(['', '(', ')', ' =', ';', ':'])
      content += text(x, y, size, word, `font-family="monospace" fill="${brush.pick(colors)}"`)
      x += size * 0.62 * (word.length + 1)
    }
  }
  return sheet(width, height, ground, content)
}

/** A telephone: messages, a list, or tiles. */
export function phoneScreen(brush: Brush): string {
  const width = brush.int(240, 600)
  const height = Math.round(width * brush.between(1.6, 2.2))
  const { ground, panel, ink, faint, accent } = themeOf(brush)
  const size = width / brush.between(20, 28)
  const font = `font-family="${brush.font()}"`
  const top =
    rect(0, 0, width, size * 4, `fill="${brush.pick([panel, accent])}"`) +
    text(size * 2, size * 2.6, size * 1.3, brush.title(), `${font} fill="${ink}"`)
  const kind = brush.int(0, 2)
  const rows = brush.times(4, 11, (i) => {
    const y = size * (5 + 4.2 * i)
    if (kind === 0) {
      const mine = brush.chance(0.5)
      const long = brush.int(1, 4)
      const w = size * 4 * long
      const x = mine ? width - w - size : size
      return (
        rect(x, y, w, size * 3, `rx="${size}" fill="${mine ? accent : panel}"`) +
        text(
          x + size * 0.6,
          y + size * 1.8,
          size * 0.9,
          brush.words(long),
          `${font} fill="${mine ? '#fff' : ink}"`,
        )
      )
    }
    if (kind === 1)
      return (
        circle(size * 2.2, y + size * 1.3, size * 1.2, `fill="${brush.color()}"`) +
        text(size * 4.4, y + size, size, brush.words(2), `${font} fill="${ink}"`) +
        text(size * 4.4, y + size * 2.4, size * 0.8, brush.words(4), `${font} fill="${faint}"`)
      )
    return [0, 1, 2, 3]
      .map((column) =>
        rect(
          size * (1.2 + column * 5.6),
          y,
          size * 4,
          size * 3.4,
          `rx="${size}" fill="${brush.color()}"`,
        ),
      )
      .join('')
  })
  return sheet(width, height, ground, top + rows)
}

/** Numbers and small charts on cards. */
export function dashboard(brush: Brush): string {
  const width = brush.int(500, 1300)
  const height = Math.round(width * brush.between(0.5, 0.75))
  const { ground, panel, ink, faint, accent } = themeOf(brush)
  const font = `font-family="${brush.font()}"`
  const [columns, rows] = [brush.int(2, 4), brush.int(2, 3)]
  const [w, h] = [width / columns, height / rows]
  let content = ''
  for (let i = 0; i < columns * rows; i++) {
    const [x, y] = [(i % columns) * w + w * 0.05, Math.floor(i / columns) * h + h * 0.06]
    content +=
      rect(x, y, w * 0.9, h * 0.88, `rx="6" fill="${panel}"`) +
      text(x + w * 0.06, y + h * 0.14, h * 0.08, brush.words(2), `${font} fill="${faint}"`)
    content += brush.chance(0.4)
      ? text(
          x + w * 0.08,
          y + h * 0.55,
          h * 0.28,
          String(brush.int(1, 9999)),
          `${font} fill="${ink}"`,
        )
      : brush.times(5, 14, (j, count) => {
          const tall = h * brush.between(0.05, 0.55)
          return rect(
            x + w * (0.06 + (0.76 * j) / count),
            y + h * 0.8 - tall,
            (w * 0.6) / count,
            tall,
            `fill="${accent}"`,
          )
        })
  }
  return sheet(width, height, ground, content)
}
