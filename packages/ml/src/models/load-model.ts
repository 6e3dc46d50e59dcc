import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readInitializers } from '../graph/read-initializers.ts'
import { sizeOf } from '../graph/tensor.ts'
import { hashBytes } from '../hash-bytes.ts'
import { pixelStatisticCount } from '../image/pixel-statistics.ts'
import { readVocabulary } from '../tokenizer/vocabulary.ts'
import { countPooledFeatures } from './count-pooled-features.ts'
import { listParameters } from './list-parameters.ts'
import { ModelCard, modelCardFormat, modelCardVersion } from './model-card.ts'
import { ModelError } from './model-error.ts'
import { architectures } from './model-settings.ts'

export type LoadedModel = {
  card: ModelCard
  values: Map<string, Float32Array>
  /** The ONNX file of the card's backbone, where it has one. */
  backbone?: Uint8Array
}

/** Reads a model folder; every file must be what the card says. */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const card = await readCard(folder)
  const values = new Map<string, Float32Array>()
  let backbone: Uint8Array | undefined
  for (const [name, { sha256, bytes: expected }] of Object.entries(card.files)) {
    const bytes = await read(folder, name)
    if (bytes.length !== expected || hashBytes(bytes) !== sha256) {
      const found = bytes.length === expected ? 'other content' : `${bytes.length} bytes`
      throw new ModelError(
        `${join(folder, name)} has ${found} instead of what model.json says. Get the model again.`,
      )
    }
    if (sha256 === card.backbone?.sha256) backbone = bytes
    else for (const [parameter, data] of readInitializers(bytes)) values.set(parameter, data)
  }
  requireWords(folder, card)
  requireFittingValues(folder, card, values)
  requireFittingScore(folder, card)
  if (card.backbone && !backbone) {
    throw new ModelError(`${folder} lacks the file of its backbone, ${card.backbone.name}.`)
  }
  return { card, values, ...(backbone && { backbone }) }
}

async function readCard(folder: string): Promise<ModelCard> {
  const path = join(folder, 'model.json')
  const json = parse(path, (await read(folder, 'model.json')).toString('utf8'))
  const head = Head.safeParse(json)
  if (!head.success) throw new ModelError(`${path} is not the card of a model.`)
  if (head.data.version !== modelCardVersion) {
    throw new ModelError(
      `${path} is of version ${head.data.version}; this Descry reads version ${modelCardVersion}.`,
    )
  }
  requireKnownArchitecture(path, json)
  const card = ModelCard.safeParse(json)
  if (card.success) return card.data
  throw new ModelError(`${path} is damaged:\n${z.prettifyError(card.error)}`)
}

const Head = z.object({ format: z.literal(modelCardFormat), version: z.int() })
const Kind = z.object({ settings: z.object({ architecture: z.string() }) })

/** A model of a later Descry is no damaged one. */
function requireKnownArchitecture(path: string, json: unknown): void {
  const kind = Kind.safeParse(json)
  if (!kind.success) return
  const { architecture } = kind.data.settings
  if (architectures.some((known) => known === architecture)) return
  const known = architectures.join(' and ')
  throw new ModelError(
    `${path} is of the architecture ${architecture}; this Descry knows ${known}. Use the Descry that made it.`,
  )
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ModelError(`${path} is not JSON.`, { cause })
  }
}

async function read(folder: string, name: string): Promise<Buffer> {
  const path = join(folder, name)
  try {
    return await readFile(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const what = code === 'ENOENT' ? `There is no ${path}` : `${path} cannot be read (${code})`
    throw new ModelError(`${what}; ${folder} is not a whole model folder.`, { cause })
  }
}

function requireWords(
  folder: string,
  { settings, vocabulary, labels, shownLabels }: ModelCard,
): void {
  const path = join(folder, 'model.json')
  const members = shownLabels?.flatMap((shown) => shown.members) ?? []
  if (members.some((member) => member >= labels.length)) {
    throw new ModelError(`${path} shows labels that the model does not have.`)
  }
  if (vocabulary.length !== settings.decoder.vocabulary || labels.length !== settings.labels) {
    throw new ModelError(`${path} has not as many words as its settings say.`)
  }
  try {
    readVocabulary(vocabulary)
  } catch (cause) {
    throw new ModelError(`${path} is damaged: ${(cause as Error).message}`, { cause })
  }
}

/** The card's settings must be those that the graphs were made with. */
function requireFittingValues(
  folder: string,
  { settings }: ModelCard,
  values: ReadonlyMap<string, Float32Array>,
): void {
  const wrong = listParameters(settings).find(
    ({ name, shape }) => values.get(name)?.length !== sizeOf(shape),
  )
  if (!wrong) return
  throw new ModelError(
    `${join(folder, 'model.json')} does not fit its graphs: they have no ${wrong.name} of ` +
      `[${wrong.shape.join(', ')}]. Get the model again.`,
  )
}

/** The photo score must have been fitted to features of this encoder. */
function requireFittingScore(folder: string, { photo, settings }: ModelCard): void {
  const features = countPooledFeatures(settings) + pixelStatisticCount
  if (!photo || photo.weights.length === features) return
  throw new ModelError(
    `The photo score in ${join(folder, 'model.json')} has ${photo.weights.length} weights for ` +
      `${features} features: it was fitted to another model. Fit it again: npm run fit:photo.`,
  )
}
