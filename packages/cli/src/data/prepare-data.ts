import { basename, resolve } from 'node:path'
import { readDataset } from '@descry/formats'
import { prepareDataset } from '@descry/ml/training'
import packageJson from '../../package.json' with { type: 'json' }
import { startProgress } from '../caption/progress.ts'
import type { Io } from '../command.ts'
import { untilStopped } from '../stop-signal.ts'
import { writeResult } from '../write-result.ts'
import { toDataTable } from './data-table.ts'
import type { DataOptions } from './read-data-options.ts'

/** Returns the exit code. */
export async function prepareData(
  options: DataOptions,
  io: Io,
  signal: AbortSignal,
): Promise<number> {
  const message = 'Stopped; nothing was written.'
  return await untilStopped({ signal, stderr: io.stderr, message }, () =>
    prepare(options, io, signal),
  )
}

async function prepare(options: DataOptions, io: Io, signal: AbortSignal): Promise<number> {
  const { from, to, imageSize, splitSeed, replace } = options
  const { format, recognisedBy, splits, segmenter, ...dataset } = await readDataset(from, options)
  const how = options.format === undefined ? `recognised by ${recognisedBy}` : 'as --format says'
  io.stderr.write(`${from}: ${format}, ${how}; ${dataset.images.length} captioned images\n`)

  const progress = startProgress(io.stderr, dataset.images.length)
  const card = await prepareDataset({
    ...dataset,
    name: basename(resolve(from)),
    source: {
      format,
      splits: splits === 'given' ? 'given' : `hashed with seed ${splitSeed}`,
      ...(segmenter !== undefined && { segmenter }),
    },
    imageSize,
    to,
    replace,
    createdBy: `descry ${packageJson.version}`,
    signal,
    onImage: progress.advance,
  }).finally(progress.clear)
  const summary = { folder: to, recognisedBy, ...card }
  const text = options.json ? `${JSON.stringify(summary, null, 2)}\n` : toDataTable(summary)
  await writeResult(io.stdout, text)
  return 0
}
