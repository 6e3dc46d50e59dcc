import { around, type Brush, circle, type Point, polygon, polyline, rect, sheet } from './brush.ts'

/** Shades for a drawing: some are flat, some run from one colour to another. */
function paintsOf(brush: Brush) {
  const runs: string[] = []
  const shaded = brush.between(0, 1)
  return {
    paint(lightness: readonly [number, number] = [25, 80]): string {
      if (!brush.chance(shaded)) return brush.color(lightness)
      const id = `g${runs.length}`
      const kind = brush.pick(['linearGradient', 'radialGradient'])
      const turn =
        kind === 'linearGradient' ? `gradientTransform="rotate(${brush.int(0, 180)} 0.5 0.5)"` : ''
      runs.push(
        `<${kind} id="${id}" ${turn}><stop offset="0" stop-color="${brush.color(lightness)}"/><stop offset="1" stop-color="${brush.color(lightness)}"/></${kind}>`,
      )
      return `url(#${id})`
    },
    defs: () => `<defs>${runs.join('')}</defs>`,
  }
}

const outlineOf = (brush: Brush) =>
  brush.chance(0.5) ? `stroke="#111" stroke-width="${brush.int(1, 6)}" stroke-linejoin="round"` : ''

/** Sky, hills, sun, houses and trees. */
export function landscape(brush: Brush): string {
  const width = brush.int(260, 1000)
  const height = Math.round(width * brush.between(0.6, 1.1))
  const { paint, defs } = paintsOf(brush)
  const outline = outlineOf(brush)
  let content = rect(0, 0, width, height, `fill="${paint([50, 92])}"`)
  content += circle(
    width * brush.between(0.1, 0.9),
    height * brush.between(0.1, 0.3),
    height * brush.between(0.05, 0.13),
    `fill="${paint([60, 95])}" ${outline}`,
  )
  content += brush.times(0, 4, () => {
    const [x, y] = [brush.between(0, width), height * brush.between(0.08, 0.35)]
    return [0, 1, 2]
      .map(
        (i) =>
          `<ellipse cx="${x + i * width * 0.05}" cy="${y}" rx="${width * 0.07}" ry="${height * 0.04}" fill="#fff" fill-opacity="0.9"/>`,
      )
      .join('')
  })
  content += brush.times(1, 4, (i, count) => {
    const base = height * (0.45 + (0.5 * i) / count)
    const points: Point[] = Array.from({ length: 9 }, (_, j) => [
      (width * j) / 8,
      base + height * brush.between(-0.08, 0.08),
    ])
    return polygon(
      [[0, height], [0, base], ...points, [width, base], [width, height]],
      `fill="${paint([20, 65])}" ${outline}`,
    )
  })
  content += brush.times(0, 7, () => {
    const [x, y, size] = [
      brush.between(0, width),
      height * brush.between(0.55, 0.9),
      width * brush.between(0.05, 0.14),
    ]
    if (brush.chance(0.5))
      return (
        rect(
          x - size * 0.1,
          y - size,
          size * 0.2,
          size,
          `fill="${brush.color([15, 35])}" ${outline}`,
        ) +
        polygon(
          around(brush, { x, y: y - size * 1.2, radius: size * 0.6, corners: 14, rough: 0.12 }),
          `fill="${paint([20, 60])}" ${outline}`,
        )
      )
    return (
      rect(x, y - size, size, size, `fill="${paint([45, 90])}" ${outline}`) +
      polygon(
        [
          [x - size * 0.1, y - size],
          [x + size * 1.1, y - size],
          [x + size / 2, y - size * 1.7],
        ],
        `fill="${paint([25, 55])}" ${outline}`,
      )
    )
  })
  return sheet(width, height, '#fff', defs() + content)
}

/** A creature or a person of round shapes, alone on its ground. */
export function character(brush: Brush): string {
  const size = brush.int(200, 900)
  const { paint, defs } = paintsOf(brush)
  const outline = outlineOf(brush)
  const [cx, cy, r] = [
    size * brush.between(0.42, 0.58),
    size * brush.between(0.35, 0.48),
    size * brush.between(0.14, 0.26),
  ]
  const skin = paint([40, 85])
  const body = `<ellipse cx="${cx}" cy="${cy + r * 2}" rx="${r * brush.between(0.7, 1.2)}" ry="${r * brush.between(1, 1.5)}" fill="${paint()}" ${outline}/>`
  const limbs = [-1, 1]
    .map(
      (side) =>
        `<path d="M${cx + side * r * 0.7} ${cy + r * 1.4} q${side * r * brush.between(0.5, 1.4)} ${r * brush.between(-0.8, 1)} ${side * r} ${r * 1.4}" fill="none" stroke="${brush.color([20, 60])}" stroke-width="${r * 0.25}" stroke-linecap="round"/>`,
    )
    .join('')
  const ears = [-1, 1]
    .map((side) =>
      brush.chance(0.5)
        ? polygon(
            [
              [cx + side * r * 0.3, cy - r * 0.8],
              [cx + side * r * 0.9, cy - r * 1.5],
              [cx + side * r * 0.95, cy - r * 0.3],
            ],
            `fill="${skin}" ${outline}`,
          )
        : circle(cx + side * r * 0.85, cy - r * 0.7, r * 0.4, `fill="${skin}" ${outline}`),
    )
    .join('')
  const eyes = [-1, 1]
    .map(
      (side) =>
        circle(cx + side * r * 0.38, cy - r * 0.1, r * 0.2, 'fill="#fff" stroke="#111"') +
        circle(cx + side * r * 0.36, cy - r * 0.06, r * 0.09, 'fill="#111"'),
    )
    .join('')
  const mouth = `<path d="M${cx - r * 0.4} ${cy + r * 0.4} q${r * 0.4} ${r * brush.between(-0.1, 0.5)} ${r * 0.8} 0" fill="none" stroke="#111" stroke-width="${r * 0.06}"/>`
  const ground = brush.pick(['#fff', '#fff', brush.color([70, 95]), paint([60, 95])])
  return sheet(
    size,
    Math.round(size * 1.1),
    '#fff',
    defs() +
      rect(0, 0, size, size * 1.1, `fill="${ground}"`) +
      limbs +
      body +
      ears +
      circle(cx, cy, r, `fill="${skin}" ${outline}`) +
      eyes +
      mouth,
  )
}

/** An object of a few shapes with shine and shadow, as clip art has them. */
export function clipArt(brush: Brush): string {
  const size = brush.int(150, 800)
  const { paint, defs } = paintsOf(brush)
  const outline = outlineOf(brush)
  const content = brush.times(3, 14, () => {
    const [x, y, radius] = [
      size * brush.between(0.25, 0.75),
      size * brush.between(0.25, 0.75),
      size * brush.between(0.05, 0.28),
    ]
    const style = `fill="${paint()}" ${outline}`
    const shape = brush.int(0, 4)
    if (shape === 0) return circle(x, y, radius, style)
    if (shape === 1)
      return rect(
        x - radius,
        y - radius * 0.6,
        radius * 2,
        radius * 1.2,
        `rx="${radius * brush.between(0, 0.5)}" ${style}`,
      )
    if (shape === 2)
      return polygon(
        around(brush, { x, y, radius, corners: brush.int(3, 12), rough: brush.between(0, 0.5) }),
        style,
      )
    if (shape === 3)
      return `<path d="M${x} ${y} q${radius} ${-radius} ${radius * 2} 0 t${-radius} ${radius * 1.5} z" ${style}/>`
    return `<ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${radius * 0.4}" transform="rotate(${brush.int(0, 180)} ${x} ${y})" ${style}/>`
  })
  return sheet(
    size,
    size,
    brush.pick(['#fff', '#fff', '#fff', brush.color([70, 97])]),
    defs() + content,
  )
}

/** Pencil or ink: outlines and hatching only. */
export function sketch(brush: Brush): string {
  const width = brush.int(250, 900)
  const height = Math.round(width * brush.between(0.7, 1.3))
  const ink = brush.pick(['#000', '#222', '#444', '#543'])
  const content = brush.times(4, 20, () => {
    const [x, y, radius] = [
      brush.between(0.1, 0.9) * width,
      brush.between(0.1, 0.9) * height,
      width * brush.between(0.03, 0.25),
    ]
    const points = around(brush, {
      x,
      y,
      radius,
      corners: brush.int(5, 30),
      rough: brush.between(0.02, 0.3),
    })
    const hatching = brush.chance(0.5)
      ? brush.times(6, 30, (i, count) =>
          polyline(
            [
              [x - radius + (2 * radius * i) / count, y - radius * 0.6],
              [x - radius * 1.3 + (2 * radius * i) / count, y + radius * 0.6],
            ],
            `stroke="${ink}" stroke-width="1" opacity="0.6"`,
          ),
        )
      : ''
    return (
      polyline([...points, points[0]!], `stroke="${ink}" stroke-width="${brush.between(1, 4)}"`) +
      hatching
    )
  })
  return sheet(width, height, brush.pick(['#fff', '#fff', '#f8f4ea', '#e9e4d8']), content)
}

/** Large soft shapes over each other. */
export function abstract(brush: Brush): string {
  const width = brush.int(200, 900)
  const height = Math.round(width * brush.between(0.6, 1.4))
  const { paint, defs } = paintsOf(brush)
  const content = brush.times(3, 25, () =>
    polygon(
      around(brush, {
        x: brush.between(0, width),
        y: brush.between(0, height),
        radius: width * brush.between(0.05, 0.5),
        corners: brush.int(3, 20),
        rough: brush.between(0, 0.6),
      }),
      `fill="${paint([10, 90])}" opacity="${brush.between(0.3, 1)}"`,
    ),
  )
  return sheet(width, height, brush.color([10, 95]), defs() + content)
}
