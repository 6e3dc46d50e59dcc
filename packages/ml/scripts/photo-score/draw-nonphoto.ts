import sharp, { type Sharp } from 'sharp'
import { createRandom } from '../../src/random.ts'
import { type Brush, createBrush } from './brush.ts'
import { barChart, heatMap, lineChart, pieChart, scatterPlot } from './charts.ts'
import { circuit, floorPlan, flowChart, nodeGraph, sheetMusic } from './diagrams.ts'
import { form, handwriting, slide, table, textPage } from './documents.ts'
import { abstract, character, clipArt, landscape, sketch } from './drawings.ts'
import {
  icon,
  iconSheet,
  noise,
  pattern,
  pixelArt,
  plain,
  qrCode,
  regionMap,
  streetMap,
} from './maps-and-symbols.ts'
import { appWindow, codeEditor, dashboard, phoneScreen } from './screens.ts'

/** What is drawn; drawings for people stand twice, because they are the closest to photos. */
const kinds: readonly ((brush: Brush) => string)[] = [
  ...[barChart, heatMap, lineChart, pieChart, scatterPlot],
  ...[circuit, floorPlan, flowChart, nodeGraph, sheetMusic],
  ...[form, handwriting, slide, table, textPage, textPage],
  ...[abstract, character, clipArt, landscape, sketch],
  ...[abstract, character, clipArt, landscape, sketch],
  ...[icon, iconSheet, noise, pattern, pixelArt, plain, qrCode, regionMap, streetMap],
  ...[appWindow, codeEditor, dashboard, phoneScreen],
]

/** A picture that no camera took; the same number always gives the same one. */
export async function drawNonphoto(number: number): Promise<Buffer> {
  const brush = createBrush(createRandom(7, number))
  const svg = kinds[number % kinds.length]!(brush)
  return wear(brush, sharp(Buffer.from(svg)).flatten({ background: '#fff' }))
}

/** What happens to pictures on their way: made smaller, framed, turned grey, blurred, compressed. */
async function wear(brush: Brush, drawn: Sharp): Promise<Buffer> {
  const { data, info } = await drawn.png().toBuffer({ resolveWithObject: true })
  let picture = sharp(data)
  if (brush.chance(0.4)) {
    const width = Math.max(16, Math.round(info.width * brush.between(0.15, 1.3)))
    picture = sharp(await picture.resize({ width }).png().toBuffer())
  }
  if (brush.chance(0.15)) {
    const edge = brush.int(4, 80)
    const background = brush.pick(['#fff', '#000', brush.color([10, 95])])
    picture = sharp(
      await picture
        .extend({ top: edge, bottom: edge, left: edge, right: edge, background })
        .png()
        .toBuffer(),
    )
  }
  if (brush.chance(0.1)) picture = picture.grayscale()
  if (brush.chance(0.12)) picture = picture.blur(brush.between(0.4, 1.6))
  if (brush.chance(0.5)) return picture.jpeg({ quality: brush.int(30, 95) }).toBuffer()
  return picture.png().toBuffer()
}
