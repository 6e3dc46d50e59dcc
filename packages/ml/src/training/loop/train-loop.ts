import type { ModelSettings } from '../../models/model-settings.ts'
import { createRandom } from '../../random.ts'
import { TrainingError } from '../training-error.ts'
import type { TrainingSettings } from '../training-settings.ts'
import { l2Norm } from './adamw.ts'
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts'
import { appendCurves } from './curves.ts'
import { learningRate } from './learning-rate.ts'
import { lockRun } from './lock-run.ts'
import { createLossAverages } from './loss-averages.ts'
import { type BatchOptions, makeBatch, shuffleEpoch } from './make-batch.ts'
import { type Run, startRun } from './start-run.ts'
import type { EpochReport, StepReport, TrainLoopOptions } from './train-loop-options.ts'
import { averagedValues } from './train-state.ts'
import { type Losses, trainStep } from './train-step.ts'

/**
 * Trains a captioner: an epoch is one pass over the images, but for those that fill no batch;
 * cross-entropy with label smoothing plus the label loss and, with a teacher, the teaching loss, AdamW along a warm-up and a cosine, and a running average of the weights
 * that is what the model becomes. All randomness comes from (seed, epoch, step), so a run that was stopped
 * resumes from its last epoch with the very same steps.
 */
export async function trainLoop(options: TrainLoopOptions): Promise<Checkpoint> {
  using _lock = await lockRun(options.out)
  const run = await startRun(options)
  try {
    return await trainEpochs(run)
  } finally {
    run.source.targets?.close()
  }
}

async function trainEpochs(run: Run): Promise<Checkpoint> {
  const { options } = run
  let { checkpoint } = run
  while (checkpoint.epoch < options.settings.epochs) {
    const losses = await trainEpoch(run, checkpoint)
    if (!losses) return checkpoint
    const scored = await scoreEpoch(run, checkpoint)
    if (!scored) return checkpoint
    checkpoint = scored.checkpoint
    const report: EpochReport = { epoch: checkpoint.epoch, ...losses, ...scored.scores }
    await appendCurves(options.out, report)
    await writeCheckpoint(options.out, checkpoint, run.state)
    await options.onEpoch?.(report)
  }
  return checkpoint
}

type MeanLosses = Losses & { reward?: number }

/** The mean losses of the epoch behind the checkpoint; undefined if it was stopped. */
async function trainEpoch(run: Run, { epoch }: Checkpoint): Promise<MeanLosses | undefined> {
  const { seed } = run.options.settings
  const { signal, onStep } = run.options
  const order = shuffleEpoch(run.images.length, { seed, epoch })
  const means = createLossAverages()
  let reward = 0
  for (let step = 0; step < run.steps; step++) {
    if (signal?.aborted) return undefined
    const { losses, captioned, report } = await runStep(run, order, { epoch, step })
    if (![...Object.values(losses), report.gradientNorm].every(Number.isFinite)) {
      throw new TrainingError(
        `The loss is not a number at epoch ${epoch + 1}, step ${step + 1}. The checkpoint of epoch ` +
          `${epoch} is unharmed; try a lower --rate with another --out.`,
      )
    }
    const { teachLoss, ...ofCaptions } = losses
    means.add(ofCaptions, captioned)
    means.add(teachLoss === undefined ? {} : { teachLoss })
    reward += report.reward ?? 0
    onStep?.(report)
  }
  if (signal?.aborted) return undefined
  if (!Number.isFinite(l2Norm(run.state.store.values))) {
    throw new TrainingError(
      `The weights are not finite after epoch ${epoch + 1}; its checkpoint is not written. Try a lower --rate.`,
    )
  }
  return {
    ...means.values(),
    ...(run.options.sampleCaptions ? { reward: reward / run.steps } : {}),
  }
}

async function runStep(
  { options, words, images: all, source, model, graph, compute, state, batch, steps }: Run,
  order: readonly number[],
  { epoch, step }: { epoch: number; step: number },
): Promise<{ losses: Losses; captioned: number; report: StepReport }> {
  const { settings, sampleCaptions } = options
  const random = createRandom(settings.seed, epoch, step)
  const images = order.slice(step * batch, (step + 1) * batch).map((i) => all[i]!)
  const drawn = makeBatch(images, source, batchOptions(settings, model), random)
  const sampled = await sampleCaptions?.({
    batch: drawn,
    images,
    values: state.store.views,
    settings: model,
    words,
    random,
  })
  const rate = learningRate(epoch * steps + step, {
    highest: settings.rate,
    lowest: settings.rate / 50,
    warmup: Math.round(settings.warmupEpochs * steps),
    steps: steps * settings.epochs,
  })
  const isEarly = epoch < (settings.epochs * 2) / 3
  const { optimizer, result } = await trainStep(
    state,
    { graph, run: compute, batch: sampled?.batch ?? drawn, random },
    {
      rate,
      clip: settings.clip,
      dropout: settings.dropout,
      averageDecay: settings.averageDecay,
      labelWeight: isEarly ? settings.labelWeight : settings.labelWeight / 2,
      teachWeight: settings.teaching?.weight,
      adamw: settings,
    },
  )
  state.optimizer = optimizer
  const place = { epoch: epoch + 1, epochs: settings.epochs, step: step + 1, steps }
  const rewarded = sampled && { reward: sampled.reward }
  const { gradientNorm, ...measured } = result
  const captioned = images.filter(({ captions }) => captions.length > 0).length / batch
  const losses = captioned > 0 ? measured : withoutCaptions(measured)
  const report = { ...losses, gradientNorm, ...rewarded, ...place, rate, images: batch }
  return { losses, captioned, report }
}

/** A batch without a caption says nothing of them: its zeros are no losses. */
const withoutCaptions = ({ teachLoss }: Losses): Losses =>
  teachLoss === undefined ? {} : { teachLoss }

/** Has the epoch behind the checkpoint scored; undefined if that was stopped. */
async function scoreEpoch(
  { options, words, source, model, validate, state }: Run,
  { epoch, best, fingerprint }: Checkpoint,
) {
  const isBest = (score: number) => score >= (best?.score ?? Number.NEGATIVE_INFINITY)
  const values = averagedValues(state)
  try {
    const losses = await validate?.(values)
    const found = await options.evaluate({
      settings: model,
      values,
      words,
      epoch: epoch + 1,
      devLoss: losses?.devLoss,
      devTeachLoss: losses?.devTeachLoss,
      teacherViews: source.targets?.views,
      isBest,
    })
    const scores = { ...losses, ...found }
    const { score } = found
    const newBest = isBest(score) ? { score, epoch: epoch + 1 } : best
    const checkpoint: Checkpoint = { epoch: epoch + 1, best: newBest, fingerprint }
    return { scores, checkpoint }
  } catch (error) {
    const { signal } = options
    if (signal?.aborted && error === signal.reason) return undefined
    throw error
  }
}

const batchOptions = (
  { captions, length, leastArea, colorRange }: TrainingSettings,
  { labels, imageSize }: ModelSettings,
): BatchOptions => ({
  captions,
  length,
  labels,
  side: imageSize,
  augment: { leastArea, colorRange },
})
