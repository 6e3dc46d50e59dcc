import { mkdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backbone } from '../../backbone/inspect-backbone.ts'
import { runBackbone } from '../../backbone/run-backbone.ts'
import { hashBytes } from '../../hash-bytes.ts'
import { type Crop, plainView, wholeCrop } from '../../image/draw-view.ts'
import type { RunGraph } from '../../models/create-step.ts'
import { ModelError } from '../../models/model-error.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { DataError } from '../dataset/data-error.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import { openReduction, type Reduce } from './reduce-features.ts'
import {
  checkSizes,
  explain,
  fillTargets,
  missingBytes,
  rowsOf,
  type TargetFolder,
} from './target-files.ts'
import { cropOfView, inGigabytes, VIEW_SEED } from './target-views.ts'
import { findBasis, type TeacherBasis } from './teacher-basis.ts'

export type CacheOptions = {
  data: PreparedDataset
  unlabeled: readonly UnlabeledImages[]
  runtime: Runtime
  /** Views of each picture that are wanted. */
  views: number
  /** Smallest part of a picture's area that a view shows. */
  leastArea: number
  /** Identifies the teacher and how it is run. */
  teacherId: string
  /** Places along each side of the teacher's map, and of the student's. */
  side: number
  grid: number
  /** Channels to keep. */
  kept: number
  /** For all views of all pictures. */
  maxBytes?: number | undefined
  signal?: AbortSignal | undefined
  /** `done` of `total` views are computed. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
  /** Something worth knowing, as a sentence. */
  onNote?: ((text: string) => void) | undefined
}

/** Pictures of one folder, in which the teacher's features of them are kept as well. */
export type PictureSet = {
  folder: string
  readPixels: PreparedDataset['readPixels']
  /** How many pictures there are, those that the teacher is not given included. */
  count: number
  /** Indices of the pictures that are trained on, then of those that are validated on. */
  rows: { everyView: readonly number[]; whole: readonly number[] }
}

/** Fits the basis and fills the folders of the sets, as far as that was not done before. */
export async function computeTargets(
  backbone: Backbone,
  sets: readonly PictureSet[],
  options: CacheOptions,
): Promise<TargetFolder[]> {
  const { data, runtime } = options
  const session = await runtime.openSession(backbone.onnx)
  try {
    const runTeacher = createTeacherRunner(backbone, { run: session.run, square: data.imageSize })
    const basis = await findDatasetBasis(backbone, sets[0]!, runTeacher, options)
    const folders = sets.map((set) => toTargetFolder(backbone, set, basis, options))
    for (const folder of folders) await checkSizes(folder)
    await requireSpace(folders, data.folder)
    await using reduction = await openReduction(runtime, { backbone, basis, ...options })
    await fillFolders(folders, sets, { ...options, runTeacher, reduce: reduction.reduce })
    return folders
  } finally {
    await session.dispose()
  }
}

/** What is to be seen of a picture; all of it where there is no cut. */
type Shown = { index: number; cut?: Crop }
/** Features [tokens, channels] of pictures, one after the other. */
type RunTeacher = (
  set: Pick<PictureSet, 'readPixels'>,
  shown: readonly Shown[],
) => Promise<Float32Array>

/** Features that are no numbers are refused. */
function createTeacherRunner(
  { card }: Backbone,
  { run, square }: { run: RunGraph; square: number },
): RunTeacher {
  return async ({ readPixels }, shown) => {
    const pictures = shown.map(({ index }) => {
      const pixels = new Uint8Array(square * square * 3)
      readPixels(index, pixels)
      return pixels
    })
    const views = shown.map(({ cut = wholeCrop(square) }) => plainView(cut))
    const features = await runBackbone(pictures, { card, run, square, views })
    if (features.every(Number.isFinite)) return features
    throw new ModelError(
      `The teacher ${card.name} gives values that are not finite numbers (${card.output}). Its weights may ` +
        'be damaged: get the network again.',
    )
  }
}

/** Of the dataset's pictures, whatever other pictures there are: its maps stay good when those change. */
async function findDatasetBasis(
  { card }: Backbone,
  set: PictureSet,
  runTeacher: RunTeacher,
  { data, teacherId, kept, signal, onProgress = () => {} }: CacheOptions,
): Promise<TeacherBasis> {
  const { folder, rows } = set
  const key = hashBytes(Buffer.from(JSON.stringify([teacherId, data.card.sha256]))).slice(0, 16)
  try {
    await mkdir(folder, { recursive: true })
    return await findBasis(join(folder, `basis-${key}.bin`), {
      pictures: rows.everyView.length,
      tokens: card.tokens,
      channels: card.channels,
      kept,
      signal,
      onProgress,
      runTeacher: (numbers) => {
        const shown = numbers.map((number) => ({ index: rows.everyView[number]! }))
        return runTeacher(set, shown)
      },
    })
  } catch (error) {
    throw explain(folder, error)
  }
}

function toTargetFolder(
  { card: network }: Backbone,
  { folder, rows }: PictureSet,
  basis: TeacherBasis,
  { data, teacherId, grid, kept, leastArea, views }: CacheOptions,
): TargetFolder {
  const card = {
    format: 'descry-teacher-targets',
    version: 1,
    teacher: { id: teacherId, sha256: network.sha256, output: network.output },
    basis: { sha256: basis.id, variance: basis.variance },
    dataset: data.card.sha256,
    ...{ grid, channels: kept },
    views: { seed: VIEW_SEED, leastArea },
    rows: { everyView: rows.everyView.length, whole: rows.whole.length },
  }
  const key = hashBytes(Buffer.from(JSON.stringify(card))).slice(0, 16)
  const shape = { grid, channels: kept }
  return { folder: join(folder, `targets-${key}`), shape, views, rows: card.rows, card }
}

async function requireSpace(targets: readonly TargetFolder[], folder: string): Promise<void> {
  const missing = await Promise.all(targets.map(missingBytes))
  const needed = missing.reduce((sum, bytes) => sum + bytes, 0)
  const { bavail, bsize } = await statfs(folder)
  if (needed <= bavail * bsize) return
  throw new DataError(
    `The teacher's features take ${inGigabytes(needed)} GB, and ${inGigabytes(bavail * bsize)} GB are free ` +
      `at ${folder}. Make room, or give fewer --teacher-views.`,
  )
}

async function fillFolders(
  folders: readonly TargetFolder[],
  sets: readonly PictureSet[],
  { runTeacher, reduce, ...options }: CacheOptions & { runTeacher: RunTeacher; reduce: Reduce },
): Promise<void> {
  const { data, leastArea, signal, onProgress = () => {} } = options
  const total = folders.reduce((sum, folder) => sum + countRows(folder), 0)
  let done = 0
  const onRows = (count: number) => {
    done += count
    onProgress({ done, total })
  }
  for (const [i, folder] of folders.entries()) {
    const set = sets[i]!
    const indices = [...set.rows.everyView, ...set.rows.whole]
    const make = async (rows: readonly number[], view: number) => {
      const shown = rows.map((row) => {
        const index = indices[row]!
        return { index, cut: cropOfView({ index, view }, { size: data.imageSize, leastArea }) }
      })
      return reduce(await runTeacher(set, shown))
    }
    await fillTargets(folder, { signal, onRows, make })
  }
}

const countRows = (folder: TargetFolder): number =>
  Array.from({ length: folder.views }, (_, view) => rowsOf(folder, view)).reduce((a, b) => a + b, 0)
