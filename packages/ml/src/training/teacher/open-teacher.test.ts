import { readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { teachingData } from '../../../test/teaching-data.ts'
import { writeBackbone } from '../../../test/write-backbone.ts'
import { inspectBackbone } from '../../backbone/inspect-backbone.ts'
import { runBackbone } from '../../backbone/run-backbone.ts'
import { plainView } from '../../image/draw-view.ts'
import { ModelError } from '../../models/model-error.ts'
import { openRuntime, type Runtime } from '../../runtime/runtime.ts'
import { DataError } from '../dataset/data-error.ts'
import { openUnlabeledImages } from '../dataset/unlabeled-images.ts'
import { openTeacher, type TeacherOptions } from './open-teacher.ts'
import { resampleWeights } from './resample-weights.ts'
import type { TeacherTargets } from './teacher-targets.ts'

let runtime: Runtime
let sample: Awaited<ReturnType<typeof teachingData>>
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1 })
  sample = await teachingData([...new Array(11).fill('train'), 'dev', 'dev', 'test'])
})
afterAll(async () => {
  await runtime.dispose()
  await sample[Symbol.asyncDispose]()
})

type Changed = Partial<TeacherOptions> & { onnx?: Uint8Array }

async function open({ onnx = writeBackbone(), ...changed }: Changed = {}, grid = 2) {
  const backbone = await inspectBackbone(onnx, runtime, { name: 'sample.onnx' })
  const teacher = await openTeacher(backbone, {
    ...{ data: sample.data, unlabeled: [], runtime, views: 3, leastArea: 0.4 },
    ...changed,
  })
  return { backbone, teacher, targets: await teacher.open(grid) }
}

const features = () => join(sample.data.folder, 'features')
async function findTargets(): Promise<string> {
  const names = await readdir(features())
  const name = names.find((one) => one.startsWith('targets-'))
  if (!name || names.filter((one) => one.startsWith('targets-')).length > 1) throw new Error('One.')
  return join(features(), name)
}
const forget = () => rm(features(), { recursive: true, force: true })

function mapOf(targets: TeacherTargets, index: number, view: number, mirrored = false) {
  const into = new Float32Array(targets.grid ** 2 * targets.channels)
  targets.read(index, view, { mirrored, into })
  return into
}

/** Distances of all pairs of places: a rotation of the channels and another origin change none. */
function distances(maps: readonly Float32Array[], channels: number): number[] {
  const places = maps.flatMap((map) =>
    Array.from({ length: map.length / channels }, (_, i) =>
      map.subarray(i * channels, (i + 1) * channels),
    ),
  )
  return places.flatMap((a, i) =>
    places.slice(0, i).map((b) => Math.hypot(...a.map((value, c) => value - b[c]!))),
  )
}

describe.each([2, 4])('cached for a student of %i × this many places', (grid) => {
  test.each([false, true])(
    'views are what the teacher says of the cuts directly; mirrored: %s',
    async (mirrored) => {
      await forget()
      const { backbone, targets } = await open({}, grid)
      const session = await runtime.openSession(backbone.onnx)
      const weights = resampleWeights(2, grid)
      const direct: Float32Array[] = []
      const cached: Float32Array[] = []
      for (const [index, view] of [
        [0, 0],
        [0, 1],
        [3, 2],
        [10, 1],
        [12, 0],
      ] as const) {
        const pixels = new Uint8Array(16 * 16 * 3)
        sample.data.readPixels(index, pixels)
        const views = [{ ...plainView(targets.cropOf(index, view)), mirrored }]
        const { card } = backbone
        const map = await runBackbone([pixels], { card, run: session.run, square: 16, views })
        direct.push(sampleCaptions(map, weights, 2))
        cached.push(mapOf(targets, index, view, mirrored))
      }
      const expected = distances(direct, 2)
      const most = Math.max(...expected)
      for (const [i, distance] of distances(cached, 2).entries()) {
        expect(Math.abs(distance - expected[i]!)).toBeLessThan(0.02 * most)
      }
      targets.close()
    },
  )
})

function sampleCaptions(map: Float32Array, weights: Float32Array, channels: number): Float32Array {
  const old = map.length / channels
  return Float32Array.from({ length: (weights.length / old) * channels }, (_, i) => {
    const place = Math.floor(i / channels)
    let sum = 0
    for (let j = 0; j < old; j++)
      sum += weights[place * old + j]! * map[j * channels + (i % channels)]!
    return sum
  })
}

test('view 0 shows the whole picture, the others parts of it, the same every time', async () => {
  const { targets } = await open()
  expect(targets.cropOf(4, 0)).toEqual({ left: 0, top: 0, width: 16, height: 16 })
  const [first, second, other] = [targets.cropOf(4, 1), targets.cropOf(4, 2), targets.cropOf(5, 1)]
  expect(first.width * first.height).toBeLessThan(256)
  expect(first).not.toEqual(second)
  expect(first).not.toEqual(other)
  expect((await open()).targets.cropOf(4, 1)).toEqual(first)
})

test('pictures are looked at once, dev pictures as a whole only, and those of the test split never', async () => {
  await forget()
  const progress: string[] = []
  const onProgress = ({ done, total }: { done: number; total: number }) =>
    void progress.push(`${done}/${total}`)
  const { targets } = await open({ onProgress })
  expect(progress.at(-1)).toBe('35/35') // 11 · 3 + 2
  expect(() => mapOf(targets, 11, 1)).toThrow(/no view 1/)
  expect(() => mapOf(targets, 13, 0)).toThrow(/did not see picture 13/)
  targets.close()
  const before = progress.length
  ;(await open({ onProgress })).targets.close()
  expect(progress.slice(before)).toEqual(['13/35', '24/35', '35/35'])
})

test('more views are added to those that are there', async () => {
  await forget()
  const two = await open({ views: 2 })
  const folder = await findTargets()
  const before = await readFile(join(folder, 'view-1.i8'))
  const four = await open({ views: 4 })
  expect((await readdir(folder)).toSorted()).toEqual([
    'targets.json',
    ...[0, 1, 2, 3].map((view) => `view-${view}.i8`),
  ])
  expect(await readFile(join(folder, 'view-1.i8'))).toEqual(before)
  expect(mapOf(four.targets, 2, 1)).toEqual(mapOf(two.targets, 2, 1))
})

test('an interrupted computation goes on where it was, even in the middle of a picture', async () => {
  await forget()
  const whole = await open({ views: 1 })
  whole.targets.close()
  const path = join(await findTargets(), 'view-0.i8')
  const expected = await readFile(path)
  await writeFile(`${path}.part`, expected.subarray(0, 5 * 24 + 7)) // 4 · (4 + 2) bytes a map
  await rm(path)
  const progress: number[] = []
  const { targets } = await open({ views: 1, onProgress: ({ done }) => progress.push(done) })
  targets.close()
  expect(progress).toEqual([5, 13])
  expect(await readFile(path)).toEqual(expected)
})

test('a signal stops at once, and leaves nothing that passes for whole', async () => {
  await forget()
  const stop = new AbortController()
  const onProgress = ({ total }: { total: number }) => void (total === 35 && stop.abort('enough'))
  await expect(open({ signal: stop.signal, onProgress })).rejects.toBe('enough')
  const names = await readdir(await findTargets())
  expect(names.filter((name) => name.endsWith('.i8'))).toEqual([])
  ;(await open()).targets.close()
})

test('tokens say the same as places', async () => {
  await forget()
  const places = await open({ views: 1 })
  await forget()
  const tokens = await open({ views: 1, onnx: writeBackbone({ output: 'tokens' }) })
  expect(mapOf(tokens.targets, 3, 0)).toEqual(mapOf(places.targets, 3, 0))
  expect(tokens.teacher.id).not.toBe(places.teacher.id)
})

test('another teacher has a cache of its own', async () => {
  await forget()
  ;(await open({ views: 1 })).targets.close()
  ;(await open({ views: 1, onnx: writeBackbone({ gain: 3 }) })).targets.close()
  expect((await readdir(features())).filter((name) => name.startsWith('targets-'))).toHaveLength(2)
})

test('where all views do not fit there are fewer, and that is said', async () => {
  await forget()
  const notes: string[] = []
  const { targets } = await open({
    views: 8,
    maxBytes: 24 * (2 + 3 * 11),
    onNote: (text) => notes.push(text),
  })
  expect(targets.views).toBe(3)
  expect(notes).toEqual([expect.stringMatching(/3 instead of 8 views/)])
  await expect(open({ maxBytes: 24 * 12 })).rejects.toThrow(/Give fewer pictures/)
})

test('other pictures are kept beside themselves, in the basis of the dataset', async () => {
  await forget()
  const from = await sample.folder('more', { 'a.png': 100, 'b.png': 101 })
  const unlabeled = [await openUnlabeledImages(from, sample.data)]
  const { targets } = await open({ unlabeled })
  const alone = await open()
  expect(mapOf(targets, 3, 1)).toEqual(mapOf(alone.targets, 3, 1))
  const first = mapOf(targets, 14, 2) // behind the fourteen of the dataset
  expect(first).not.toEqual(mapOf(targets, 15, 2))
  expect(() => mapOf(targets, 16, 0)).toThrow(RangeError)
})

describe('refused, in words, is', () => {
  test.each([
    ['a map', writeBackbone({ output: 'places', strides: [4, 8] })],
    ['a line of tokens', writeBackbone({ output: 'tokens', strides: [4, 8] })],
  ])('%s that is no square', async (_what, onnx) => {
    await expect(open({ onnx })).rejects.toThrow(ModelError)
    await expect(open({ onnx })).rejects.toThrow(/2 places .*no square.*--teacher-output/s)
  })

  test('a network whose weights are no numbers, before anything is cached', async () => {
    await forget()
    const opened = open({ onnx: writeBackbone({ gain: Number.NaN }) })
    await expect(opened).rejects.toThrow(/sample\.onnx gives values that are not finite numbers/)
    expect(await readdir(features())).toEqual([])
  })

  test('a cache that was cut off', async () => {
    await forget()
    ;(await open()).targets.close()
    await truncate(join(await findTargets(), 'view-1.i8'), 100)
    await expect(open()).rejects.toThrow(/view-1\.i8 has 100 bytes instead of 264\. Delete it/)
  })

  test('a basis that is damaged', async () => {
    await forget()
    ;(await open()).targets.close()
    const [name] = (await readdir(features())).filter((one) => one.startsWith('basis-'))
    const path = join(features(), name!)
    const bytes = await readFile(path)
    await writeFile(path, bytes.with(90, bytes[90]! ^ 1))
    await expect(open()).rejects.toThrow(/damaged\. Delete it/)
  })

  test('a cache that says it is of another teacher', async () => {
    await forget()
    ;(await open()).targets.close()
    const path = join(await findTargets(), 'targets.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('"sha256": "', '"sha256": "0'))
    await expect(open()).rejects.toThrow(/another teacher.*Delete it/)
  })

  test.skipIf(process.platform !== 'linux')(
    'a full disk, and what is there is no whole cache',
    async () => {
      await forget()
      ;(await open({ views: 1 })).targets.close()
      const folder = await findTargets()
      await symlink('/dev/full', join(folder, 'view-1.i8.part'))
      const opened = open({ views: 2 })
      await expect(opened).rejects.toThrow(DataError)
      await expect(opened).rejects.toThrow(
        /the disk is full\. Make room or give fewer --teacher-views/,
      )
      expect(await readdir(folder)).not.toContain('view-1.i8')
      await rm(join(folder, 'view-1.i8.part'))
      ;(await open({ views: 2 })).targets.close()
    },
  )
})
