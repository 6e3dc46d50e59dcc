import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Evaluation, evaluateModel } from '@descry/ml/training'
import { type Progress, startProgress } from '../caption/progress.ts'
import type { Io } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import { writeResult } from '../write-result.ts'
import type { EvaluateCommandOptions } from './read-evaluate-options.ts'

/** Scores a model, and prints the scores and some captions; returns the exit code. */
export async function printEvaluation(
  { evaluation: options, captions, json }: EvaluateCommandOptions,
  { stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>,
  signal: AbortSignal,
): Promise<number> {
  if (captions !== undefined) await requireFolder(captions)
  const progress = followProgress(stderr)
  const evaluation = await evaluateModel(options, {
    signal,
    onProgress: progress.update,
  }).finally(progress.clear)
  if (evaluation.isCalibrated === false) stderr.write(TOO_FEW)
  if (captions !== undefined) await writeCaptions(captions, evaluation)
  await writeResult(stdout, json ? toJson(evaluation) : toTable(evaluation))
  return 0
}

/** The line begins when the number of images is known. */
function followProgress(stderr: Io['stderr']) {
  let line: Progress | undefined
  let shown = 0
  return {
    update({ done, total }: { done: number; total: number }): void {
      line ??= startProgress(stderr, total)
      line.advance(done - shown)
      shown = done
    },
    clear: () => line?.clear(),
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

const TOO_FEW =
  'Confidence and labels were not calibrated: dev needs 10 images in each of its halves, and images ' +
  'with two captions or more.\n'

/** As COCO results. */
async function writeCaptions(file: string, { captions }: Evaluation): Promise<void> {
  const results = captions.map(({ id, caption }) => ({ image_id: id, caption }))
  await writeFile(file, `${JSON.stringify(results)}\n`)
}

function toJson({ captions, scores, meteorVariant }: Evaluation): string {
  const samples = captions.slice(0, 10).map(({ id: _, ...sample }) => sample)
  const json = { images: captions.length, ...scores, meteorVariant, samples }
  return `${JSON.stringify(json, null, 2)}\n`
}

function toTable({ captions, scores }: Evaluation): string {
  const lines = Object.entries(scores).map(
    ([name, value]) => `${name.padEnd(22)} ${value.toFixed(4)}`,
  )
  return `${[
    ...lines,
    '',
    `${captions.length} images`,
    ...captions.slice(0, 5).map(({ file, caption }) => `${file}  ${caption}`),
  ].join('\n')}\n`
}
