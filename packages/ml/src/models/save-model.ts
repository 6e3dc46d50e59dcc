import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashBytes } from '../hash-bytes.ts'
import { buildDecoderStep, buildEncoder } from './inference-graphs.ts'
import type { LoadedModel } from './load-model.ts'
import { ModelCard } from './model-card.ts'
import { ModelError } from './model-error.ts'

/**
 * Writes a model into a folder: two ONNX graphs for one picture and one caption, with the weights in them
 * in half precision, its backbone, if it has one, then the card that names them. Until the card is in place the model that was there
 * before is; its graphs go afterwards.
 */
export async function saveModel(
  folder: string,
  card: Omit<ModelCard, 'files'>,
  {
    values,
    backbone,
  }: Pick<LoadedModel, 'backbone'> & { values: ReadonlyMap<string, Float32Array> },
): Promise<ModelCard> {
  const size = { images: 1, rows: 1, values, storage: 'float16' } as const
  const graphs = [
    nameGraph('encoder', buildEncoder(card.settings, size)),
    nameGraph('decoder', buildDecoderStep(card.settings, size)),
    ...(backbone ? [nameGraph('backbone', backbone)] : []),
  ]
  const complete = ModelCard.parse({
    ...card,
    files: Object.fromEntries(
      graphs.map(({ name, sha256, bytes }) => [name, { sha256, bytes: bytes.length }]),
    ),
  })
  return await explainFailure(folder, async () => {
    await mkdir(folder, { recursive: true })
    for (const { name, bytes } of graphs) await writeWhole(folder, name, bytes)
    await writeCard(folder, complete)
    await removeOldGraphs(folder, complete)
    return complete
  })
}

/** Writes what is newly known about a model that is in its folder; its graphs stay as they are. */
export async function saveCard(folder: string, card: ModelCard): Promise<void> {
  const complete = ModelCard.parse(card)
  await explainFailure(folder, () => writeCard(folder, complete))
}

const writeCard = (folder: string, card: ModelCard) =>
  writeWhole(folder, 'model.json', `${JSON.stringify(card, null, 2)}\n`)

async function explainFailure<Result>(
  folder: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    const why = code === 'ENOSPC' ? 'the disk is full' : `the system refused, ${code}`
    throw new ModelError(
      `The model could not be written to ${folder} (${why}). What was there before is unharmed.`,
      { cause },
    )
  }
}

/** Named after its content, so that two models can lie in a folder while one replaces the other. */
function nameGraph(role: string, bytes: Uint8Array) {
  const sha256 = hashBytes(bytes)
  return { name: `${role}-${sha256.slice(0, 8)}.onnx`, sha256, bytes }
}

async function writeWhole(folder: string, name: string, content: Uint8Array | string) {
  const draft = join(folder, `.${name}.${randomUUID()}.tmp`)
  try {
    await writeFile(draft, content, { flush: true })
    await rename(draft, join(folder, name))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function removeOldGraphs(folder: string, { files }: ModelCard): Promise<void> {
  for (const name of await readdir(folder)) {
    const isGraph = /^(?:encoder|decoder|backbone)-[0-9a-f]{8}\.onnx$/.test(name)
    if (isGraph && !Object.hasOwn(files, name)) await rm(join(folder, name), { force: true })
  }
}
