import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { inspectBackbone } from '../src/backbone/inspect-backbone.ts'
import { runBackbone } from '../src/backbone/run-backbone.ts'
import { plainView } from '../src/image/draw-view.ts'
import { openRuntime } from '../src/runtime/runtime.ts'
import { openTeacher } from '../src/training/teacher/open-teacher.ts'
import { findTeacher } from './find-teacher.ts'
import { teachingData } from './teaching-data.ts'

const found = findTeacher()

test.skipIf(!found)(
  'MobileNetV2’s 1,280 channels are told apart by 256 in 8 bits (needs DESCRY_TEST_TEACHER)',
  async () => {
    await using sample = await teachingData([...new Array(6).fill('train'), 'dev'])
    await using runtime = await openRuntime({ threads: 2 })
    const { data } = sample
    const backbone = await inspectBackbone(await readFile(found!.features), runtime, {
      name: 'mobilenet_v2',
    })
    expect(backbone.card).toMatchObject({ layout: 'places', tokens: 49, channels: 1280 })
    const options = { data, unlabeled: [], runtime, views: 2, leastArea: 0.5 }
    const teacher = await openTeacher(backbone, options)
    const targets = await teacher.open(7)
    expect(targets).toMatchObject({ grid: 7, channels: 256, views: 2 })

    const session = await runtime.openSession(backbone.onnx)
    const read = async (index: number, view: number) => {
      const pixels = new Uint8Array(16 * 16 * 3)
      data.readPixels(index, pixels)
      const views = [plainView(targets.cropOf(index, view))]
      const { card } = backbone
      const direct = await runBackbone([pixels], { card, run: session.run, square: 16, views })
      const cached = new Float32Array(49 * 256)
      targets.read(index, view, { mirrored: false, into: cached })
      return { direct, cached }
    }
    // Six pictures have fewer directions than are kept: distances of places stay what they are.
    const [a, b] = [await read(0, 0), await read(3, 0)]
    for (const [p, q] of [
      [0, 48],
      [24, 24],
      [6, 30],
    ] as const) {
      const expected = distance(a.direct, b.direct, { p, q, channels: 1280 })
      const found = distance(a.cached, b.cached, { p, q, channels: 256 })
      expect(Math.abs(found / expected - 1)).toBeLessThan(0.03)
    }
    targets.close()
  },
  180_000,
)

function distance(
  a: Float32Array,
  b: Float32Array,
  { p, q, channels }: { p: number; q: number; channels: number },
): number {
  let sum = 0
  for (let c = 0; c < channels; c++) sum += (a[p * channels + c]! - b[q * channels + c]!) ** 2
  return Math.sqrt(sum)
}
