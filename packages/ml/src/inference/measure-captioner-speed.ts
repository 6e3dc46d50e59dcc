import sharp from 'sharp'
import { decodeSquare } from '../image/decode-square.ts'
import { createRandom } from '../random.ts'
import type { RuntimeOptions } from '../runtime/runtime.ts'
import { type OpenCaptioner, openCaptioner } from './open-captioner.ts'

export type CaptionerSpeed = {
  /** From the folder to ready to caption, first caption not included. */
  loadMs: number
  /** From a JPEG's bytes to its caption, one after the other: median and 95th percentile. */
  p50Ms: number
  p95Ms: number
  /** 32 JPEGs captioned together, decoding included. */
  imagesPerSecond: number
  /** Resident memory of the process above what it was before, in MB. */
  residentMb: number
}

/** Loads a model folder and captions made-up photos with it, as a server would. */
export async function measureCaptionerSpeed(
  folder: string,
  {
    singles = 60,
    batches = 5,
    ...runtime
  }: { singles?: number; batches?: number } & RuntimeOptions = {},
): Promise<CaptionerSpeed> {
  const photos = await Promise.all(Array.from({ length: BATCH }, (_, i) => makePhoto(i)))
  const before = process.memoryUsage.rss()
  const started = performance.now()
  const captioner = await openCaptioner(folder, runtime)
  const loadMs = performance.now() - started
  try {
    const times: number[] = []
    for (let i = 0; i < singles + WARM_UP; i++) {
      times.push(await timeOf(() => captionPhotos(captioner, [photos[i % BATCH]!])))
    }
    const batchTimes: number[] = []
    for (let i = 0; i < batches + 1; i++) {
      batchTimes.push(await timeOf(() => captionPhotos(captioner, photos)))
    }
    const sorted = times.slice(WARM_UP).toSorted((a, b) => a - b)
    const batchMs = batchTimes.slice(1).toSorted((a, b) => a - b)[Math.floor(batches / 2)]!
    return {
      loadMs,
      p50Ms: sorted[Math.floor(sorted.length / 2)]!,
      p95Ms: sorted[Math.floor(sorted.length * 0.95)]!,
      imagesPerSecond: (BATCH * 1000) / batchMs,
      residentMb: (process.memoryUsage.rss() - before) / 2 ** 20,
    }
  } finally {
    await captioner.dispose()
  }
}

const BATCH = 32
/** The first captions compile graphs and find cold code. */
const WARM_UP = 5

async function captionPhotos(captioner: OpenCaptioner, photos: readonly Uint8Array[]) {
  const size = captioner.card.preprocessing.square
  const squares = await Promise.all(
    photos.map((bytes) => decodeSquare(bytes, { size, maxPixels: 64_000_000 })),
  )
  return captioner.caption(squares)
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Coarse noise for shapes, as a JPEG of 640 × 480. */
function makePhoto(seed: number): Promise<Buffer> {
  const random = createRandom(seed)
  const pixels = Uint8Array.from({ length: 16 * 12 * 3 }, () => random() * 255)
  return sharp(pixels, { raw: { width: 16, height: 12, channels: 3 } })
    .resize(640, 480, { kernel: 'cubic' })
    .jpeg({ quality: 85 })
    .toBuffer()
}
