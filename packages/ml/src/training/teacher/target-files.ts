import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataError } from '../dataset/data-error.ts'
import { findFileSize, openRandomAccess } from '../dataset/random-access-file.ts'
import { dequantizeMap, type MapShape, quantizedBytes } from './quantize-map.ts'

/** Where the maps of some pictures are kept: a file a view, in it a packed map a row. */
export type TargetFolder = {
  folder: string
  shape: MapShape
  views: number
  /** Rows of which there are all views; then those that only the file of view 0 has. */
  rows: { everyView: number; whole: number }
  /** What decides the maps. A folder that says otherwise is not read. */
  card: Readonly<Record<string, unknown>>
}

export const rowsOf = ({ rows }: Pick<TargetFolder, 'rows'>, view: number): number =>
  view === 0 ? rows.everyView + rows.whole : rows.everyView

type FillOptions = {
  /** The packed maps of rows, in one view. */
  make: (rows: readonly number[], view: number) => Promise<Uint8Array[]>
  signal?: AbortSignal | undefined
  /** So many more rows are there. */
  onRows: (count: number) => void
}

/**
 * Makes the files that are missing. A file has its name only once it is whole; one that was begun before is
 * continued. Two processes at once write equally good maps to the same places.
 */
export async function fillTargets(target: TargetFolder, options: FillOptions): Promise<void> {
  try {
    await mkdir(target.folder, { recursive: true })
    await checkCard(target)
    for (let view = 0; view < target.views; view++) {
      const path = pathOf(target, view)
      if ((await findFileSize(path)) !== undefined) options.onRows(rowsOf(target, view))
      else await fillView(target, view, options)
    }
  } catch (error) {
    throw explain(target.folder, error)
  }
}

async function fillView(target: TargetFolder, view: number, options: FillOptions): Promise<void> {
  const { make, signal, onRows } = options
  const part = `${pathOf(target, view)}.part`
  const length = quantizedBytes(target.shape)
  const total = rowsOf(target, view)
  const before = await findFileSize(part)
  {
    await using file = await open(part, before === undefined ? 'w' : 'r+')
    let done = Math.min(total, Math.floor((before ?? 0) / length))
    onRows(done)
    while (done < total) {
      signal?.throwIfAborted()
      const some = Array.from({ length: Math.min(BATCH_SIZE, total - done) }, (_, i) => done + i)
      await writeAll(file, Buffer.concat(await make(some, view)), done * length)
      done += some.length
      onRows(some.length)
    }
    await file.truncate(total * length)
    await file.sync()
  }
  await rename(part, pathOf(target, view)).catch(async (error) => {
    if ((await findFileSize(pathOf(target, view))) === undefined) throw error // another run was first
  })
}

/** Pictures that the teacher is given at once. */
export const BATCH_SIZE = 8

async function writeAll(
  file: Awaited<ReturnType<typeof open>>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

/** Opens what `fillTargets` made. */
export function openTargets(target: TargetFolder) {
  const { shape, views } = target
  const length = quantizedBytes(shape)
  const quantized = new Uint8Array(length)
  const files = Array.from({ length: views }, (_, view) => openRandomAccess(pathOf(target, view)))
  return {
    read(row: number, view: number, options: { mirrored: boolean; into: Float32Array }): void {
      const file = files[view]
      if (file === undefined || row >= rowsOf(target, view)) {
        throw new RangeError(`There is no view ${view} of row ${row} in ${target.folder}.`)
      }
      file.read(quantized, row * length)
      dequantizeMap(quantized, shape, options)
    },
    close(): void {
      for (const file of files) file.close()
    },
  }
}

/** Whole files must have their size: a cut one is not read as if it were whole. */
export async function checkSizes(target: TargetFolder): Promise<void> {
  for (let view = 0; view < target.views; view++) {
    const path = pathOf(target, view)
    const [size, expected] = [
      await findFileSize(path),
      rowsOf(target, view) * quantizedBytes(target.shape),
    ]
    if (size === undefined || size === expected) continue
    throw new DataError(
      `${path} has ${size} bytes instead of ${expected}. Delete it; it will be made again.`,
    )
  }
}

/** Bytes that are still to be written. */
export async function missingBytes(target: TargetFolder): Promise<number> {
  let bytes = 0
  for (let view = 0; view < target.views; view++) {
    const path = pathOf(target, view)
    if ((await findFileSize(path)) !== undefined) continue
    const begun = (await findFileSize(`${path}.part`)) ?? 0
    bytes += Math.max(0, rowsOf(target, view) * quantizedBytes(target.shape) - begun)
  }
  return bytes
}

async function checkCard({ folder, card }: TargetFolder): Promise<void> {
  const path = join(folder, 'targets.json')
  const text = `${JSON.stringify(card, null, 2)}\n`
  const found = await readFile(path, 'utf8').catch(() => undefined)
  if (found === undefined) {
    const draft = `${path}.${randomUUID()}.tmp`
    await writeFile(draft, text, { flush: true })
    return await rename(draft, path)
  }
  if (found === text) return
  throw new DataError(
    `${folder} holds features of another teacher or of other pictures. Delete it; it will be made again.`,
  )
}

const pathOf = ({ folder }: Pick<TargetFolder, 'folder'>, view: number) =>
  join(folder, `view-${view}.i8`)

/** Errors of the system in words; all others as they are. */
export function explain(folder: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT'
  const why = isFull
    ? 'the disk is full. Make room or give fewer --teacher-views, and start again'
    : `the system refused (${error.code})`
  return new DataError(
    `The teacher's features could not be written to ${folder}: ${why}. What was written before is kept.`,
    { cause: error },
  )
}
