import { createHash } from 'node:crypto'
import type { Limits, SettingsOfKind } from '@descry/contract'
import {
  batchCaptions,
  type CaptionedImage,
  decodeSquare,
  type LoadedModel,
  loadModel,
  type ModelCard,
  ModelError,
  type OpenCaptioner,
  openCaptioner,
  RuntimeFailure,
  type SingleCaptioner,
} from '@descry/ml'
import type { Captioner, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { describeModel } from './describe-model.ts'

type Options = {
  /** `model`: one that people trained and set up; absent: the one that is there for everyone. */
  kind?: 'model'
  name?: string
  limits?: Limits
  folder: string
  maxPixels: number
  open?: (model: string | LoadedModel) => Promise<OpenCaptioner>
}

/** Captions with a model that people trained and set up. */
export const modelCaptioner = (
  settings: SettingsOfKind<'model'>,
  { images: { maxPixels } }: { images: { maxPixels: number } },
): Promise<Captioner> => builtinCaptioner({ ...settings, maxPixels })

/**
 * Captions with a model folder, in a thread of this process that the first caption starts. Throws
 * `ModelError` when the folder does not hold a whole model.
 */
export async function builtinCaptioner({
  kind,
  name = 'builtin',
  limits = {},
  folder,
  maxPixels,
  open = openCaptioner,
}: Options): Promise<Captioner> {
  const loaded = await loadModel(folder)
  const { card } = loaded
  const model = new WeakRef(loaded) // for a caption that comes at once; it need not be kept for later ones
  requireSight(folder, card)
  const modelVersion = versionOf(card)
  let opened: Promise<Batched> | undefined

  return {
    name,
    kind: kind ?? 'builtin',
    limits,
    description: describeModel(card),
    styles: ['concise'],
    takesInstructions: false,
    sees: true,
    parent: null,
    sendsPixelsTo: null,
    modelVersion,
    photosOnly: card.photo !== null,

    // Of the file, as in evaluation. From thumbnails 5 % of the captions are others, and CIDEr is 0.004
    // lower; decoding a photo of 12 megapixels takes 9 ms instead of 2.
    async caption({ file, force = false }, signal) {
      const picture = await decodeSquare(file, { size: card.preprocessing.square, maxPixels })
      opened ??= openModel()
      const mine = opened
      try {
        const captioner = await mine
        const captioned = await captioner.caption(picture, signal)
        if (!force) requirePhoto(name, captioned, card)
        return toOutput(captioned)
      } catch (error) {
        if (signal.aborted) throw error
        if (isLost(error) && opened === mine) opened = undefined // the next caption opens it again
        throw toFailure(error)
      }
    },
    async dispose() {
      const captioner = await opened?.catch(() => undefined)
      await captioner?.dispose()
    },
  }

  async function openModel(): Promise<Batched> {
    const captioner = await open(model.deref() ?? folder)
    if (versionOf(captioner.card) === modelVersion) {
      return batchCaptions(captioner, BATCHES)
    }
    await captioner.dispose()
    throw new ModelError(`The model in ${folder} is another than when Descry started. Restart it.`)
  }
}

function requireSight(folder: string, { settings, backbone }: ModelCard): void {
  if (settings.encoder.kind !== 'features' || backbone) return
  throw new ModelError(
    `The model in ${folder} starts from the features of another network; it cannot look at pictures by itself.`,
  )
}

type Batched = SingleCaptioner<Uint8Array, CaptionedImage>

/**
 * One picture or four: on two cores, 53 a second one by one, 58 by twos, 80 by fours, 76 to 82 by 8 and
 * 16. The graphs of each size that is used, a power of two, take 35 to 50 MB.
 */
const BATCHES = { maxBatch: 4, minBatch: 3 } as const

/**
 * Names the weights, and the photo score that decides what is captioned at all: the same folder with
 * another model gives other captions.
 */
const versionOf = ({ name, files, photo }: ModelCard): string => {
  const hashes = Object.entries(files).map(([file, { sha256 }]) => `${file} ${sha256}`)
  if (photo) hashes.push(JSON.stringify(photo))
  const digest = createHash('sha256').update(hashes.sort().join('\n')).digest('hex')
  return `${name}-${digest.slice(0, 12)}`
}

/** Of what a model did not learn from it knows nothing, however sure of its words it is. */
function requirePhoto(name: string, { photoScore }: CaptionedImage, { photo }: ModelCard): void {
  if (!photo || photoScore === null || photoScore >= photo.threshold) return
  throw new CaptionerFailure(
    'not-a-photo',
    `This looks like a drawing, diagram or screenshot. ${name === 'builtin' ? 'The built-in captioner' : name} ` +
      'learned from photos only; use another captioner, or force it to caption this one anyway.',
  )
}

function toOutput({ captions, labels }: CaptionedImage): CaptionOutput {
  const [best] = captions
  if (!best) throw new CaptionerFailure('empty', 'The built-in captioner found no caption.')
  return {
    text: best.text,
    ...(best.confidence !== null && { confidence: round(best.confidence) }),
    labels: labels.map(({ word, probability }) => ({
      name: word,
      probability: round(probability),
    })),
  }
}

const round = (share: number) => Math.round(share * 10_000) / 10_000

/** Opening failed, or the thread died with all that was in it. */
const isLost = (error: unknown) =>
  error instanceof ModelError ||
  (error instanceof RuntimeFailure && error.code !== 'run-failed' && error.code !== 'disposed')

function toFailure(error: unknown): unknown {
  const known = error instanceof ModelError || error instanceof RuntimeFailure
  if (!known) return error
  const passing = error instanceof RuntimeFailure && error.code !== 'device-absent'
  const message = `The built-in captioner failed: ${error.message}`
  return new CaptionerFailure(passing ? 'unreachable' : 'bad-request', message, { cause: error })
}
