import { createHash, randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { TrainingError } from '../training-error.ts'
import type { TrainState } from './train-state.ts'

/** Where a run stands: what has to be known to go on as if it had not stopped. */
export type Checkpoint = {
  /** Epochs done. */
  epoch: number
  /** The best dev score so far, and the epoch that had it. */
  best: { score: number; epoch: number } | null
  /** Must be the same when the run resumes. */
  fingerprint: string
}

/** Writes `checkpoint.bin` whole or not at all: what was there stays until the new one is on the disk. */
export async function writeCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  { store, average, optimizer }: TrainState,
): Promise<void> {
  const header = { ...checkpoint, step: optimizer.step, size: store.values.length }
  const draft = join(folder, `.checkpoint.${randomUUID()}.tmp`)
  try {
    await writeDraft(draft, [
      Buffer.from(`${MAGIC}${JSON.stringify(header)}\n`),
      ...[store.values, average, optimizer.means, optimizer.squares].map(bytesOf),
    ])
    await rename(draft, join(folder, FILE))
  } catch (cause) {
    await rm(draft, { force: true })
    const { code } = cause as NodeJS.ErrnoException
    const before = checkpoint.epoch > 0 ? 'The one before is unharmed.' : ''
    const hint = code === 'ENOSPC' ? 'Make room on the disk, then continue with --resume.' : ''
    throw new TrainingError(
      `The checkpoint could not be written (${code}). ${before} ${hint}`.trim(),
      { cause },
    )
  }
}

/** The parts one after the other, and behind them their hash. */
async function writeDraft(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const hash = createHash('sha256')
  await using file = await open(path, 'wx')
  for (const part of parts) {
    hash.update(part)
    await file.writeFile(part)
  }
  await file.writeFile(hash.digest())
  await file.sync()
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Reads a checkpoint into a state of the same size. Undefined where there is none. */
export async function readCheckpoint(
  folder: string,
  fingerprint: string,
  state: TrainState,
): Promise<{ checkpoint: Checkpoint; step: number } | undefined> {
  const path = join(folder, FILE)
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new TrainingError(`${path} cannot be read (${cause.code}).`, { cause })
  })
  if (!bytes) return undefined
  const end = bytes.indexOf(10)
  const header = parseHeader(bytes.subarray(0, Math.max(0, end)).toString('utf8'), path)
  const { values } = state.store
  if (!isWhole(bytes)) {
    throw new TrainingError(
      `${path} is damaged. Continue from the best weights so far with --init ${folder} and another --out.`,
    )
  }
  if (header.fingerprint !== fingerprint || header.size !== values.length) {
    throw new TrainingError(
      `${path} is of a run with other settings, other data or another architecture, or with another ` +
        'teacher or other pictures beside the data. ' +
        'Give the same as before, or another --out.',
    )
  }
  const body = bytes.subarray(end + 1, -HASH_BYTES)
  if (body.length !== 16 * header.size)
    throw new TrainingError(`${path} is cut off, or has data after its end.`)
  const floats = new Float32Array(new Uint8Array(body).buffer)
  const parts = [values, state.average, state.optimizer.means, state.optimizer.squares]
  for (const [i, part] of parts.entries()) {
    part.set(floats.subarray(i * header.size, (i + 1) * header.size))
  }
  const { epoch, best } = header
  return { checkpoint: { epoch, best, fingerprint }, step: header.step }
}

const FILE = 'checkpoint.bin'
const MAGIC = 'descry-checkpoint 2 '
const HASH_BYTES = 32

const isWhole = (bytes: Uint8Array): boolean =>
  createHash('sha256')
    .update(bytes.subarray(0, -HASH_BYTES))
    .digest()
    .equals(bytes.subarray(-HASH_BYTES))

const Header = z.object({
  epoch: z.int().min(0),
  best: z.object({ score: z.number(), epoch: z.int() }).nullable(),
  fingerprint: z.string(),
  step: z.int().min(0),
  size: z.int().min(1),
})

function parseHeader(line: string, path: string): z.infer<typeof Header> {
  try {
    if (!line.startsWith(MAGIC)) throw new Error('no checkpoint')
    return Header.parse(JSON.parse(line.slice(MAGIC.length)))
  } catch (cause) {
    throw new TrainingError(`${path} is not a checkpoint, or is damaged.`, { cause })
  }
}
