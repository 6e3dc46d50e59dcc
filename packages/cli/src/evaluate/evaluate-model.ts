import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  type CaptionOptions,
  calibrateModel,
  captionSplit,
  confidenceOf,
  DataError,
  isCalibrationImage,
  loadMeteor,
  type ModelCard,
  measureCalibration,
  openCaptioner,
  openPreparedDataset,
  type ScoredImage,
  saveCard,
  scoreCaptions,
} from '@descry/ml'
import { startProgress } from '../caption/progress.ts'
import type { Io } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import { writeResult } from '../write-result.ts'
import type { EvaluateCommandOptions } from './read-evaluate-options.ts'

/** Returns the exit code. */
export async function evaluateModel(
  options: EvaluateCommandOptions,
  { stdout, stderr }: Io,
  signal: AbortSignal,
): Promise<number> {
  const { split } = options
  if (options.captions !== undefined) await requireFolder(options.captions)
  const data = await openPreparedDataset(options.data, { verify: true })
  const captioner = await openCaptioner(options.model, { device: options.device })
  try {
    const total = data.images.filter((image) => image.split === split).length
    if (total === 0) throw new DataError(`${options.data} has no images in its ${split} split.`)
    const progress = startProgress(stderr, Math.min(total, options.images ?? total))
    const images = await captionSplit(data, captioner, {
      split,
      ...methodOf(options, captioner.card),
      ...(options.images === undefined ? {} : { maxImages: options.images }),
      signal,
      onImages(count) {
        for (let i = 0; i < count; i++) progress.advance()
      },
    }).finally(progress.clear)

    const meteor = await loadMeteor()
    const { corpus, perImage } = scoreCaptions(
      images.map(({ pair }) => pair),
      { metrics: ['bleu', 'meteor', 'rouge', 'cider'], meteor },
    )
    const scored = images.map((image, i) => ({ ...image, cider: perImage[i]?.CIDEr ?? 0 }))
    const card = { ...captioner.card, ...fitOn(scored, options, { card: captioner.card, stderr }) }
    // One half of dev is what the confidence and the labels were fitted on.
    const judged = split === 'dev' ? scored.filter((image) => !isCalibrationImage(image)) : scored
    const scores = { ...corpus, ...measureCalibration(judged, card) }
    if (options.record) {
      await saveCard(options.model, { ...card, metrics: { ...card.metrics, [split]: scores } })
    }
    if (options.captions !== undefined) await writeCaptions(options.captions, images)
    const samples = scored.slice(0, 10).map((image) => toSample(image, card))
    const report = { images: images.length, scores, samples }
    const text = options.json ? toJson(report) : toTable(report)
    await writeResult(stdout, text)
    return 0
  } finally {
    await captioner.dispose()
    data.close()
  }
}

/** Before anything is captioned: it may take a while. */
async function requireFolder(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch((cause) => {
    throw new UsageError(`--captions ${file} cannot be written there (${cause.code}).`, {
      command: 'evaluate',
      cause,
    })
  })
}

function methodOf(
  { beam, lengthPenalty }: EvaluateCommandOptions,
  card: ModelCard,
): CaptionOptions {
  const width = beam ?? card.decoding.width
  if (width === 1) return { method: { kind: 'greedy' } }
  const penalty = lengthPenalty ?? card.decoding.lengthPenalty
  return { method: { kind: 'beam', width, lengthPenalty: penalty } }
}

/** What is newly fitted of the card, if anything. */
function fitOn(
  images: readonly ScoredImage[],
  { split, record }: EvaluateCommandOptions,
  { card, stderr }: { card: ModelCard } & Pick<Io, 'stderr'>,
): Partial<ModelCard> {
  if (split !== 'dev' || !record) return {}
  const fitted = calibrateModel(images, card.labels)
  if (!fitted) stderr.write(TOO_FEW)
  return fitted ?? {}
}

const TOO_FEW =
  'Confidence and labels were not calibrated: dev needs 10 images in each of its halves, and images ' +
  'with two captions or more.\n'

/** As COCO results. */
async function writeCaptions(
  file: string,
  images: readonly Pick<ScoredImage, 'image' | 'captions'>[],
): Promise<void> {
  const results = images.map(({ image, captions }) => ({
    image_id: image.id,
    caption: captions[0]?.text ?? '',
  }))
  await writeFile(file, `${JSON.stringify(results)}\n`)
}

type Report = {
  images: number
  scores: Record<string, number>
  samples: ReturnType<typeof toSample>[]
}

const toJson = ({ images, scores, samples }: Report) =>
  `${JSON.stringify({ images, ...scores, meteorVariant: 'ex st sy', samples }, null, 2)}\n`

function toTable({ images, scores, samples }: Report): string {
  const lines = Object.entries(scores).map(
    ([name, value]) => `${name.padEnd(22)} ${value.toFixed(4)}`,
  )
  return `${[
    ...lines,
    '',
    `${images} images`,
    ...samples.slice(0, 5).map(({ file, caption }) => `${file}  ${caption}`),
  ].join('\n')}\n`
}

function toSample(
  { image, captions: [best] }: ScoredImage,
  { calibration }: Pick<ModelCard, 'calibration'>,
) {
  return {
    file: image.file,
    caption: best?.text ?? '',
    confidence: best && calibration ? confidenceOf(calibration, best.features) : null,
    reference: image.captions[0],
  }
}
