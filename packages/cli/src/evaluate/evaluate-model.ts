import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  type CaptionOptions,
  calibrate,
  calibrationError,
  captionSplit,
  DataError,
  type EvaluatedImage,
  labelPrecision,
  loadMeteor,
  type ModelCard,
  observe,
  openCaptioner,
  openPreparedDataset,
  saveModel,
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
      ...(options.images === undefined ? {} : { most: options.images }),
      signal,
      onImages(count) {
        for (let i = 0; i < count; i++) progress.advance()
      },
    }).finally(progress.clear)

    const meteor = await loadMeteor()
    const { corpus } = scoreCaptions(
      images.map(({ pair }) => pair),
      { metrics: ['bleu', 'meteor', 'rouge', 'cider'], meteor },
    )
    const observed = images.flatMap(observe)
    const calibration =
      split === 'dev' && options.record && observed.length > 0
        ? calibrate(observed)
        : captioner.card.calibration
    const scores = {
      ...corpus,
      labelPrecisionAt5: labelPrecision(images),
      ...(calibration ? { calibrationError: calibrationError(calibration, observed) } : {}),
    }
    if (options.record) {
      await record(options, captioner, { scores, calibration, error: scores.calibrationError })
    }
    if (options.captions !== undefined) {
      const results = images.map(({ image, captions }) => ({
        image_id: image.id,
        caption: captions[0]?.text ?? '',
      }))
      await writeFile(options.captions, `${JSON.stringify(results)}\n`)
    }
    const text = options.json ? toJson(scores, images) : toTable(scores, images)
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

type Recorded = {
  scores: Record<string, number>
  calibration: { slope: number; offset: number } | null
  error: number | undefined
}

/** The weights stay what they are; the card says more. */
async function record(
  { model, split }: EvaluateCommandOptions,
  { card, values, backbone }: Awaited<ReturnType<typeof openCaptioner>>,
  { scores, calibration, error }: Recorded,
): Promise<void> {
  const { files: _, ...rest } = card
  const fitted =
    split === 'dev' && calibration ? { ...calibration, error: error ?? 0 } : card.calibration
  await saveModel(
    model,
    { ...rest, calibration: fitted, metrics: { ...card.metrics, [split]: scores } },
    { values, ...(backbone && { backbone }) },
  )
}

const toJson = (scores: Record<string, number>, images: readonly EvaluatedImage[]) =>
  `${JSON.stringify({ images: images.length, ...scores, meteorVariant: 'ex st sy', samples: images.slice(0, 10).map(toSample) }, null, 2)}\n`

function toTable(scores: Record<string, number>, images: readonly EvaluatedImage[]): string {
  const lines = Object.entries(scores).map(
    ([name, value]) => `${name.padEnd(18)} ${value.toFixed(4)}`,
  )
  const samples = images.slice(0, 5).map(toSample)
  return `${[
    ...lines,
    '',
    `${images.length} images`,
    ...samples.map(({ file, caption }) => `${file}  ${caption}`),
  ].join('\n')}\n`
}

const toSample = ({ image, captions }: EvaluatedImage) => ({
  file: image.file,
  caption: captions[0]?.text ?? '',
  confidence: captions[0]?.confidence ?? 0,
  reference: image.captions[0],
})
