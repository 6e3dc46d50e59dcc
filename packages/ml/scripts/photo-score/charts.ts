import { type Brush, circle, line, type Point, polyline, rect, sheet, text } from './brush.ts'

const AXIS = 'stroke="#444" stroke-width="1.5"'

type Plot = {
  width: number
  height: number
  left: number
  bottom: number
  top: number
  ground: string
  ink: string
}

function plotOf(brush: Brush): Plot {
  const width = brush.int(320, 1200)
  const dark = brush.chance(0.2)
  const ground = dark
    ? brush.color([5, 15], 20)
    : brush.pick(['#fff', '#fff', '#fafafa', '#f0f4f8', '#eaeaf2'])
  const height = Math.round(width * brush.between(0.5, 0.9))
  return {
    width,
    height,
    left: width * 0.1,
    bottom: height * 0.86,
    top: height * 0.14,
    ground,
    ink: dark ? '#ddd' : '#333',
  }
}

/** Title, axes, ticks and sometimes a grid, around what is plotted. */
function framed(brush: Brush, plot: Plot, content: string): string {
  const { width, height, left, bottom, top, ground, ink } = plot
  const font = `font-family="${brush.font()}" fill="${ink}"`
  const small = width * brush.between(0.014, 0.024)
  const grid = brush.chance(0.6)
  const ticks = brush.times(4, 9, (i, count) => {
    const y = bottom - ((bottom - top) * i) / count
    const rule = grid ? line(left, y, width * 0.95, y, 'stroke="#9995" stroke-width="1"') : ''
    return (
      rule + text(left * 0.3, y + small / 3, small, String(i * brush.pick([1, 5, 10, 100])), font)
    )
  })
  const labels = brush.times(3, 10, (i, count) =>
    text(
      left + (width * 0.85 * (i + 0.3)) / count,
      bottom + small * 1.6,
      small,
      brush.words(1),
      font,
    ),
  )
  const axes = line(left, top, left, bottom, AXIS) + line(left, bottom, width * 0.95, bottom, AXIS)
  const title = text(
    width / 2,
    top * 0.6,
    small * 1.7,
    brush.title(),
    `${font} text-anchor="middle"`,
  )
  return sheet(width, height, ground, ticks + content + axes + labels + title)
}

export function barChart(brush: Brush): string {
  const plot = plotOf(brush)
  const palette = [brush.color(), brush.color(), brush.color()]
  const series = brush.int(1, 3)
  const content = brush.times(3, 14, (i, count) => {
    const step = (plot.width * 0.82) / count
    return palette
      .slice(0, series)
      .map((color, s) => {
        const tall = (plot.bottom - plot.top) * brush.between(0.05, 0.95)
        const wide = (step * 0.8) / series
        return rect(
          plot.left + 8 + i * step + s * wide,
          plot.bottom - tall,
          wide * 0.95,
          tall,
          `fill="${color}"`,
        )
      })
      .join('')
  })
  return framed(brush, plot, content)
}

export function lineChart(brush: Brush): string {
  const plot = plotOf(brush)
  const content = brush.times(1, 5, () => {
    const points: Point[] = []
    let level = brush.between(0.2, 0.8)
    const count = brush.int(6, 80)
    for (let i = 0; i < count; i++) {
      level = Math.min(0.98, Math.max(0.02, level + brush.between(-0.12, 0.12)))
      const x = plot.left + (plot.width * 0.84 * i) / (count - 1)
      points.push([x, plot.bottom - (plot.bottom - plot.top) * level])
    }
    const color = brush.color()
    const marks = brush.chance(0.4)
      ? points.map(([x, y]) => circle(x, y, 4, `fill="${color}"`)).join('')
      : ''
    return polyline(points, `stroke="${color}" stroke-width="${brush.int(1, 5)}"`) + marks
  })
  return framed(brush, plot, content)
}

export function scatterPlot(brush: Brush): string {
  const plot = plotOf(brush)
  const content = brush.times(1, 4, () => {
    const color = brush.color()
    const [x, y, spread] = [
      brush.between(0.2, 0.8),
      brush.between(0.2, 0.8),
      brush.between(0.05, 0.25),
    ]
    return brush.times(15, 120, () => {
      const px = x + spread * (brush.between(-1, 1) + brush.between(-1, 1))
      const py = y + spread * (brush.between(-1, 1) + brush.between(-1, 1))
      return circle(
        plot.left + plot.width * 0.8 * px,
        plot.bottom - (plot.bottom - plot.top) * py,
        brush.between(2, 6),
        `fill="${color}" opacity="0.7"`,
      )
    })
  })
  return framed(brush, plot, content)
}

export function heatMap(brush: Brush): string {
  const plot = plotOf(brush)
  const hue = brush.int(0, 300)
  const [columns, rows] = [brush.int(4, 24), brush.int(4, 18)]
  let content = ''
  for (let i = 0; i < columns * rows; i++) {
    const w = (plot.width * 0.8) / columns
    const h = (plot.bottom - plot.top) / rows
    const value = brush.between(0, 1)
    const fill = `hsl(${hue + 60 * value} 70% ${Math.round(90 - 65 * value)}%)`
    content += rect(
      plot.left + (i % columns) * w,
      plot.top + Math.floor(i / columns) * h,
      w,
      h,
      `fill="${fill}"`,
    )
  }
  return framed(brush, plot, content)
}

export function pieChart(brush: Brush): string {
  const size = brush.int(240, 900)
  const radius = size * 0.32
  const [cx, cy] = [size * 0.42, size * 0.54]
  let angle = 0
  const font = `font-family="${brush.font()}" fill="#333"`
  const slices = brush.times(3, 9, (i, count) => {
    const next =
      i === count - 1
        ? 2 * Math.PI
        : Math.min(2 * Math.PI, angle + brush.between(0.2, ((2 * Math.PI) / count) * 1.5))
    const color = brush.color([35, 75])
    const at = (a: number) => `${cx + radius * Math.cos(a)} ${cy + radius * Math.sin(a)}`
    const path = `<path d="M${cx} ${cy} L${at(angle)} A${radius} ${radius} 0 ${next - angle > Math.PI ? 1 : 0} 1 ${at(next)} Z" fill="${color}" stroke="#fff"/>`
    angle = next
    const y = size * 0.25 + i * size * 0.06
    const key = rect(size * 0.8, y - size * 0.025, size * 0.03, size * 0.03, `fill="${color}"`)
    return path + key + text(size * 0.84, y, size * 0.026, brush.words(1), font)
  })
  const hole = brush.chance(0.3) ? circle(cx, cy, radius * 0.5, 'fill="#fff"') : ''
  return sheet(
    size,
    size,
    '#fff',
    slices + hole + text(size * 0.1, size * 0.1, size * 0.045, brush.title(), font),
  )
}
