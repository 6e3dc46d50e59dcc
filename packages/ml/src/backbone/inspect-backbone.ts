import { addOutput, type OnnxOutline, readOutline } from '../graph/onnx-outline.ts'
import { OnnxError } from '../graph/protobuf-reader.ts'
import { hashBytes } from '../hash-bytes.ts'
import { CHANNEL_DEVIATIONS, CHANNEL_MEANS } from '../image/draw-view.ts'
import type { BackboneCard } from '../models/backbone-card.ts'
import { ModelError } from '../models/model-error.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Session } from '../runtime/session.ts'
import type { ValueInfo } from '../runtime/tensor-value.ts'
import type { Preprocessing } from './read-preprocessing.ts'

/** An ONNX vision network, and how to run it. */
export type Backbone = { card: BackboneCard; onnx: Uint8Array }

export type InspectOptions = {
  /** For the card. */
  name: string
  /** The value to take; without it the last one that still has places. */
  output?: string | undefined
  /** The option that names the value, for messages; by default the backbone's. */
  outputOption?: string | undefined
  /** What the network was trained on; ImageNet's means and deviations where nothing is known. */
  preprocessing?: Preprocessing | undefined
}

/**
 * Finds out how an ONNX vision network is used: its picture input, and a value that says something of
 * each place of the picture. Classifiers give only classes; of those the value that their global pooling
 * reads is taken. It is run once on a black picture, to find the sizes.
 */
export async function inspectBackbone(
  file: Uint8Array,
  runtime: Runtime,
  { name, output, outputOption = '--backbone-output', preprocessing = {} }: InspectOptions,
): Promise<Backbone> {
  const outline = readOutlineOf(file, name)
  const chosen = output ?? (await findOutput(file, outline, { name, outputOption, runtime }))
  const onnx = outline.outputs.includes(chosen) ? file : addOutput(file, chosen)
  const session = await runtime.openSession(onnx)
  try {
    const input = pictureInputOf(session, name)
    const imageSize = sizeOfInput(input, preprocessing, name)
    const batch = typeof input.shape[0] === 'number' && input.shape[0] > 0 ? input.shape[0] : null
    const shape = await probe(session, { input: input.name, output: chosen, imageSize, batch })
    return {
      onnx,
      card: {
        name,
        sha256: hashBytes(onnx),
        input: input.name,
        output: chosen,
        imageSize,
        batch,
        ...readShape(shape, { name, output: chosen }),
        mean: preprocessing.mean ?? [...CHANNEL_MEANS],
        deviation: preprocessing.deviation ?? [...CHANNEL_DEVIATIONS],
      },
    }
  } finally {
    await session.dispose()
  }
}

function readOutlineOf(file: Uint8Array, name: string): OnnxOutline {
  try {
    const outline = readOutline(file)
    if (outline.nodes.length === 0) throw new ModelError(`${name} is not an ONNX network.`)
    if (!outline.hasExternalData) return outline
  } catch (cause) {
    if (!(cause instanceof OnnxError)) throw cause
    throw new ModelError(`${name} cannot be read: ${cause.message}`, { cause })
  }
  throw new ModelError(
    `${name} keeps its weights in a second file. Give a file that holds all of them.`,
  )
}

/** An output with places, or what the last global pooling reads. */
async function findOutput(
  file: Uint8Array,
  { nodes }: OnnxOutline,
  { name, outputOption, runtime }: { name: string; outputOption: string; runtime: Runtime },
): Promise<string> {
  const session = await runtime.openSession(file)
  const { outputs } = session
  await session.dispose()
  const declared = outputs.find(({ shape, type }) => type === 'float32' && hasPlaces(shape.length))
  const pooling = nodes.findLast(({ operator }) => poolings.has(operator))
  const found = declared?.name ?? pooling?.inputs[0]
  if (found !== undefined) return found
  throw new ModelError(
    `${name} gives no value with places: its outputs are ${outputs.map(describe).join(', ')}. ` +
      `Name another value of the network with ${outputOption}.`,
  )
}

const poolings = new Set(['GlobalAveragePool', 'GlobalMaxPool', 'ReduceMean'])

/** [N, C, H, W] or [N, L, C] */
const hasPlaces = (rank: number) => rank === 3 || rank === 4

function pictureInputOf({ inputs }: Session, name: string): ValueInfo {
  const [input] = inputs
  const takesPictures =
    inputs.length === 1 &&
    input?.type === 'float32' &&
    input.shape.length === 4 &&
    (typeof input.shape[1] === 'string' || input.shape[1] === 3 || input.shape[1] === -1)
  if (input && takesPictures) return input
  throw new ModelError(
    `${name} takes ${inputs.map(describe).join(', ')}; a backbone takes one picture input, float32 [N, 3, S, S].`,
  )
}

function sizeOfInput({ shape }: ValueInfo, { size }: Preprocessing, name: string): number {
  const [, , height, width] = shape
  if (typeof height !== 'number' || height < 1) return size ?? DEFAULT_SIZE
  if (height === width) return height
  throw new ModelError(`${name} takes pictures of ${height} × ${width}; a backbone takes squares.`)
}

const DEFAULT_SIZE = 224

type Probe = { input: string; output: string; imageSize: number; batch: number | null }

async function probe(session: Session, { input, output, imageSize, batch }: Probe) {
  const shape = [batch ?? 1, 3, imageSize, imageSize]
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1))
  const { outputs } = await session.run({ [input]: { data, shape } })
  return outputs[output]!.shape
}

function readShape(
  shape: readonly number[],
  { name, output }: { name: string; output: string },
): Pick<BackboneCard, 'layout' | 'tokens' | 'channels'> {
  const [, second = 0, third = 0, fourth = 0] = shape
  if (shape.length === 4 && second * third * fourth > 0) {
    return { layout: 'places', tokens: third * fourth, channels: second }
  }
  if (shape.length === 3 && second * third > 0) {
    return { layout: 'tokens', tokens: second, channels: third }
  }
  throw new ModelError(
    `The value ${output} of ${name} is [${shape.join(', ')}]; a backbone gives [N, C, H, W] or [N, L, C].`,
  )
}

const describe = ({ name, type, shape }: ValueInfo) => `${name} (${type} [${shape.join(', ')}])`
