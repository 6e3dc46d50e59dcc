import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TrainingError } from '../training-error.ts'
import { adamw } from './adamw.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { createStore } from './parameter-store.ts'
import type { TrainState } from './train-state.ts'

let root: string
let folder: string
let path: string
let count = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'descry-checkpoint-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))
beforeEach(async () => {
  folder = join(root, `${count++}`)
  path = join(folder, 'checkpoint.bin')
  await mkdir(folder)
})

function stateOf(size: number, first = 0): TrainState {
  const initial = { kind: 'constant', value: 0 } as const
  const store = createStore([{ name: 'w', shape: [size], initial, isBuffer: false }])
  const fill = (values: Float32Array, by: number) =>
    values.forEach((_, i) => {
      values[i] = Math.sin(by + i)
    })
  const state = { store, average: new Float32Array(size), optimizer: adamw.init(size) }
  if (first === 0) return state
  const { means, squares } = state.optimizer
  for (const [i, part] of [store.values, state.average, means, squares].entries()) {
    fill(part, first * 100 + i)
  }
  return { ...state, optimizer: { ...state.optimizer, step: first * 10 } }
}

const checkpointOf = (epoch: number) => ({
  epoch,
  best: { score: 0.1 + 0.2, epoch: 2 },
  fingerprint: 'print',
})

test('what is read is bit for bit what was written', async () => {
  const written = stateOf(1000, 7)
  written.store.values.set([Number.NaN, -0, 1e-45, Number.POSITIVE_INFINITY])
  await writeCheckpoint(folder, checkpointOf(3), written)
  const state = stateOf(1000)
  const found = await readCheckpoint(folder, 'print', state)
  expect(found).toEqual({ checkpoint: checkpointOf(3), step: 70 })
  const { means, squares } = written.optimizer
  expect(state.store.values).toEqual(written.store.values)
  expect(state.average).toEqual(written.average)
  expect(state.optimizer).toMatchObject({ means, squares })
  expect(await readdir(folder)).toEqual(['checkpoint.bin'])
})

test('a later one takes the place of the one before', async () => {
  await writeCheckpoint(folder, { ...checkpointOf(1), best: null }, stateOf(5, 1))
  await writeCheckpoint(folder, checkpointOf(2), stateOf(5, 2))
  const state = stateOf(5)
  const found = await readCheckpoint(folder, 'print', state)
  expect(found?.checkpoint.epoch).toBe(2)
  expect(state.store.values).toEqual(stateOf(5, 2).store.values)
})

test('where there is none, none is found', async () => {
  expect(await readCheckpoint(folder, 'print', stateOf(5))).toBeUndefined()
})

describe('refused, with the state as it was, is', () => {
  beforeEach(() => writeCheckpoint(folder, checkpointOf(1), stateOf(5, 1)))

  async function expectRefusal(message: RegExp, { size = 5, fingerprint = 'print' } = {}) {
    const state = stateOf(size)
    await expect(readCheckpoint(folder, fingerprint, state)).rejects.toThrow(TrainingError)
    await expect(readCheckpoint(folder, fingerprint, state)).rejects.toThrow(message)
    expect(state).toEqual(stateOf(size))
  }

  test('one of other settings', () =>
    expectRefusal(/of a run with other settings, other data or another architecture/, {
      fingerprint: 'other',
    }))

  test('one of another size', () => expectRefusal(/another architecture/, { size: 6 }))

  test('one that was cut off, at whatever byte', async () => {
    const whole = await readFile(path)
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length))
      await expectRefusal(/is damaged|is not a checkpoint, or is damaged/)
    }
  })

  test('one with something behind it', async () => {
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.of(0)]))
    await expectRefusal(/is damaged/)
  })

  test('one with any of its bytes changed', async () => {
    const whole = await readFile(path)
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 1
      await writeFile(path, damaged)
      await expectRefusal(/damaged/)
    }
  })

  test.each(['', '\n', 'hello\n', 'descry-checkpoint 1 {}\n', 'descry-checkpoint 2 null\n'])(
    'a file of something else: %j',
    async (content) => {
      await writeFile(path, content)
      await expectRefusal(/is not a checkpoint, or is damaged/)
    },
  )

  test('a folder of its name', async () => {
    await rm(path)
    await mkdir(path)
    await expectRefusal(/cannot be read \(EISDIR\)/)
  })
})

test('after a write that fails there is nothing new', async () => {
  await mkdir(path)
  const writing = writeCheckpoint(folder, checkpointOf(1), stateOf(5, 1))
  await expect(writing).rejects.toThrow(
    /could not be written \(E\w+\)\. The one before is unharmed/,
  )
  await expect(writing).rejects.toThrow(TrainingError)
  expect(await readdir(folder)).toEqual(['checkpoint.bin'])
})

test.skipIf(!canMount())('a full disk leaves the checkpoint that was there', async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
  try {
    await writeCheckpoint(folder, checkpointOf(1), stateOf(1000, 1))
    const writing = writeCheckpoint(folder, checkpointOf(2), stateOf(10_000, 2))
    await expect(writing).rejects.toThrow(/\(ENOSPC\).*Make room on the disk/)
    expect(await readdir(folder)).toEqual(['checkpoint.bin'])
    const state = stateOf(1000)
    expect((await readCheckpoint(folder, 'print', state))?.checkpoint.epoch).toBe(1)
    expect(state.average).toEqual(stateOf(1000, 1).average)
  } finally {
    execFileSync('umount', [folder])
  }
})

function canMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false
  const options = { stdio: 'ignore' } as const
  try {
    // In a mount namespace of its own, to try without a trace.
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], options)
    return true
  } catch {
    return false
  }
}
