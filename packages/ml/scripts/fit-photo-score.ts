import { globSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeSquare, type OpenCaptioner, openCaptioner } from '../src/index.ts'
import { readPhotoFeatures } from '../src/inference/read-photo-features.ts'
import { type PhotoScore, scorePhoto } from '../src/inference/score-photo.ts'
import { createRandom } from '../src/random.ts'
import {
  areaUnderCurve,
  chooseThreshold,
  fitPhotoScore,
} from '../src/training/evaluation/fit-photo-score.ts'
import { createBrush } from './photo-score/brush.ts'
import { drawNonphoto } from './photo-score/draw-nonphoto.ts'
import { listPhotos } from './photo-score/photo-sources.ts'
import { varyPhoto } from './photo-score/vary-photo.ts'

/**
 * Fits the photo score of a model to photos and to drawings of its own, and writes it into the model's
 * card: to be run again after each training, because the score belongs to one encoder.
 *
 *   npm run fit:photo -- [--model FOLDER] [--others FOLDER] [--test FOLDER]
 *                            [--share 0.01] [--most N]
 *
 * `--others`: pictures that are no photos, to fit to besides the drawings. `--test`: a folder of folders
 * of pictures; the rate of each kind that is turned down is printed. `--share`: of held-out photos, so
 * many are turned down. `--most`: of each kind of picture at most so many, for a quick look. Photos are
 * read from DESCRY_TEST_DATA/flickr8k and /coco. Half an hour of two cores.
 */
const root = join(import.meta.dirname, '../../..')
const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: join(import.meta.dirname, '../models/builtin') },
    others: { type: 'string' },
    test: { type: 'string' },
    share: { type: 'string', default: '0.01' },
    most: { type: 'string', default: '6000' },
  },
})
const share = readNumber('--share', options.share, { least: 0, most: 0.5 })
const most = readNumber('--most', options.most, { least: 10, most: 1_000_000 })

const captioner = await openWithoutScore(options.model)
const photos = listPhotos(process.env.DESCRY_TEST_DATA ?? join(root, '../shared/data'))

const others = await featuresOf([
  ...Array.from({ length: Math.min(most, 6000) }, (_, i) => () => drawNonphoto(i)),
  ...listPictures(options.others).map((path) => () => readFile(path)),
])
const plain = await featuresOf(evenly(photos.fit).map((path) => () => readFile(path)))
const varied = await featuresOf(
  evenly(photos.fit).map(
    (path, i) => async () => varyPhoto(createBrush(createRandom(11, i)), await readFile(path)),
  ),
)
const fitted = fitPhotoScore({ photos: [...plain, ...varied], others })
const rounded = { weights: fitted.weights.map(toDigits), bias: toDigits(fitted.bias) }
const score = (features: Float64Array) => scorePhoto({ ...rounded, threshold: 0 }, features)

const heldOut = (await featuresOf(evenly(photos.heldOut).map((path) => () => readFile(path)))).map(
  score,
)
const threshold = chooseThreshold(heldOut, share)
await writeCard(options.model, { ...rounded, threshold })
await report()
await captioner.dispose()

/** At most `most` of a list, from all of its parts. */
function evenly<T>(list: readonly T[]): T[] {
  const step = Math.max(1, list.length / most)
  return Array.from({ length: Math.min(most, list.length) }, (_, i) => list[Math.floor(i * step)]!)
}

function readNumber(name: string, text: string, { least, most }: { least: number; most: number }) {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new RangeError(`${name} is a number from ${least} to ${most}, not ${text}.`)
}

/** The features of each picture; pictures are read and decoded a few at a time. */
async function featuresOf(pictures: readonly (() => Promise<Buffer>)[]): Promise<Float64Array[]> {
  const size = captioner.card.preprocessing.square
  const features: Float64Array[] = []
  console.error(`Looking at ${pictures.length} pictures …`)
  for (let start = 0; start < pictures.length; start += 64) {
    const squares = await Promise.all(
      pictures.slice(start, start + 64).map(async (read) => {
        return decodeSquare(await read(), { size, maxPixels: 200_000_000 })
      }),
    )
    features.push(...(await readPhotoFeatures(squares, captioner)))
  }
  return features
}

/** Five digits: the score changes by less than 0.001, and the card stays small. */
function toDigits(value: number): number {
  return Number(value.toPrecision(5))
}

/** The score of another encoder would keep the model from being opened; the folder keeps it until there is a new one. */
async function openWithoutScore(folder: string): Promise<OpenCaptioner> {
  const copy = await mkdtemp(join(tmpdir(), 'descry-photo-score-'))
  try {
    await cp(folder, copy, { recursive: true })
    await writeCard(copy, null)
    return await openCaptioner(copy)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

async function writeCard(folder: string, photo: PhotoScore | null): Promise<void> {
  const path = join(folder, 'model.json')
  const card = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, `${JSON.stringify({ ...card, photo }, null, 2)}\n`)
}

async function report(): Promise<void> {
  const drawn = others.map(score)
  say('held-out photos', heldOut)
  say('drawings it was fitted to', drawn)
  say('varied photos it was fitted to', varied.map(score))
  const kinds = Map.groupBy(listPictures(options.test), (path) => basename(dirname(path)))
  const all: number[] = []
  for (const [kind, paths] of kinds) {
    const scores = (await featuresOf(paths.map((path) => () => readFile(path)))).map(score)
    say(kind, scores)
    for (const [i, path] of paths.entries()) {
      if (scores[i]! >= threshold) console.log(`  kept: ${path} ${scores[i]!.toFixed(3)}`)
    }
    all.push(...scores)
  }
  if (all.length > 0) say('all of the test', all)
}

function say(what: string, scores: readonly number[]): void {
  const share = scores.filter((value) => value < threshold).length / scores.length
  const area = areaUnderCurve(heldOut, scores)
  console.log(
    `${what}: ${(100 * share).toFixed(1)} % of ${scores.length} turned down, area under the curve ${area.toFixed(4)}`,
  )
}

function listPictures(folder: string | undefined): string[] {
  if (folder === undefined) return []
  return globSync(join(folder, '**/*.{png,jpg,jpeg,webp}')).sort()
}
