import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  builtinModelFolder,
  decodeSquare,
  type OpenCaptioner,
  openCaptioner,
} from '../src/index.ts'

/** Of our own, and of Open Clip Art, which is in the public domain; see docs/benchmarks.md. */
const nonphotos = globSync(join(import.meta.dirname, 'nonphotos/*.webp')).sort()
const photos = globSync(join(process.env.DESCRY_TEST_DATA ?? 'nowhere', 'coco/images/*.jpg'))
  .sort()
  .filter((_, i) => i % 62 === 1)

let captioner: OpenCaptioner
beforeAll(async () => {
  captioner = await openCaptioner(builtinModelFolder())
}, 60_000)
afterAll(() => captioner.dispose())

/** The share of the pictures that the built-in model takes for something else than a photo. */
async function shareTurnedDown(paths: readonly string[]): Promise<number> {
  const { photo, preprocessing } = captioner.card
  const options = { size: preprocessing.square, maxPixels: 1_000_000 }
  const squares = await Promise.all(
    paths.map(async (path) => decodeSquare(await readFile(path), options)),
  )
  const captioned = await captioner.caption(squares, { method: { kind: 'greedy' } })
  const below = captioned.filter(({ photoScore }) => photoScore! < photo!.threshold)
  return below.length / paths.length
}

test('at least four of five drawings, charts, maps and screenshots are turned down', async () => {
  expect(nonphotos.length).toBeGreaterThanOrEqual(40)
  expect(await shareTurnedDown(nonphotos)).toBeGreaterThanOrEqual(0.8)
}, 120_000)

test.skipIf(photos.length === 0)(
  'at most one of twenty everyday photos is',
  async () => {
    expect(await shareTurnedDown(photos)).toBeLessThanOrEqual(0.05)
  },
  120_000,
)
