import { createHash, randomUUID } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { createRandom, shuffle } from '../../random.ts'
import { DataError } from '../dataset/data-error.ts'
import { createMoments, principalComponents } from './principal-components.ts'

/** Fewer channels for a teacher's features: reduced = (features − mean) · componentsᵀ. */
export type TeacherBasis = {
  /** Names its content. */
  id: string
  mean: Float32Array
  /** [kept, channels], orthonormal */
  components: Float32Array
  /** Share of the variance of the features that is kept. */
  variance: number
}

type FitOptions = {
  /** Pictures to sample from. */
  pictures: number
  tokens: number
  channels: number
  /** Channels to keep. */
  kept: number
  /** The features [tokens, channels] of each of some pictures, one after the other. */
  runTeacher: (pictures: readonly number[]) => Promise<Float32Array>
  signal?: AbortSignal | undefined
  onProgress: (progress: { done: number; total: number }) => void
}

/**
 * Reads the basis at `path`, or fits one on a sample of the pictures and puts it there. Of two processes that
 * do so at once both take the one that is there first: features in two bases cannot be mixed.
 */
export async function findBasis(path: string, options: FitOptions): Promise<TeacherBasis> {
  const known = await readBasis(path, options)
  if (known) return known
  await writeBasis(path, await fitBasis(options))
  return (await readBasis(path, options))!
}

async function fitBasis(options: FitOptions): Promise<Omit<TeacherBasis, 'id'>> {
  const { tokens, channels, kept, runTeacher, signal, onProgress } = options
  const moments = createMoments(channels)
  const total = Math.min(options.pictures, SAMPLED_PICTURES)
  const places = Math.min(tokens, Math.ceil(SAMPLED_PLACES / total))
  for (let done = 0; done < total; ) {
    signal?.throwIfAborted()
    const some = Array.from({ length: Math.min(BATCH_SIZE, total - done) }, (_, i) =>
      Math.floor(((done + i) * options.pictures) / total),
    )
    const features = await runTeacher(some)
    for (const [i, picture] of some.entries()) {
      const order = shuffle([...Array(tokens).keys()], createRandom(SEED, picture))
      for (const place of order.slice(0, places)) {
        const at = (i * tokens + place) * channels
        moments.add(features.subarray(at, at + channels))
      }
    }
    done += some.length
    onProgress({ done, total })
  }
  const { components, variance } = await principalComponents(moments.covariance(), {
    size: channels,
    count: kept,
    random: createRandom(SEED),
    signal,
  })
  const mean = Float32Array.from(moments.mean())
  return { mean, components: Float32Array.from(components), variance }
}

/** Enough vectors to know a covariance of some thousand channels. */
const SAMPLED_PLACES = 8192
const SAMPLED_PICTURES = 1024
const BATCH_SIZE = 8
const SEED = 0x626173

const FORMAT = 'descry-teacher-basis 1 '
const Header = z.object({
  channels: z.int().min(1),
  kept: z.int().min(1),
  variance: z.number(),
})

/** A line that says what it is, the mean and the components as float32, and behind them their hash. */
async function writeBasis(
  path: string,
  { mean, components, variance }: Omit<TeacherBasis, 'id'>,
): Promise<void> {
  const header = { channels: mean.length, kept: components.length / mean.length, variance }
  const body = Buffer.concat([
    Buffer.from(`${FORMAT}${JSON.stringify(header)}\n`),
    new Uint8Array(mean.buffer),
    new Uint8Array(components.buffer),
  ])
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    await using file = await open(draft, 'wx')
    await file.writeFile(body)
    await file.writeFile(hash(body))
    await file.sync()
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error // another run was first
    })
  } finally {
    await rm(draft, { force: true })
  }
}

async function readBasis(
  path: string,
  { channels, kept }: Pick<FitOptions, 'channels' | 'kept'>,
): Promise<TeacherBasis | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new DataError(`${path} cannot be read (${error.code}).`, { cause: error })
  })
  if (!bytes) return undefined
  const body = bytes.subarray(0, -32)
  const end = body.indexOf(10)
  if (!hash(body).equals(bytes.subarray(-32)) || end === -1) {
    throw new DataError(`${path} is damaged. Delete it; it will be made again.`)
  }
  const header = Header.parse(JSON.parse(body.toString('utf8', FORMAT.length, end)))
  if (header.channels !== channels || header.kept !== kept) {
    throw new DataError(`${path} is of another teacher. Delete it; it will be made again.`)
  }
  const floats = new Float32Array(new Uint8Array(body.subarray(end + 1)).buffer)
  return {
    id: hash(body).toString('hex'),
    mean: floats.subarray(0, channels),
    components: floats.subarray(channels),
    variance: header.variance,
  }
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
