import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { deviceNeeds } from './device.ts'
import type { Calls, EngineOptions, SessionInfo, SessionOptions } from './messages.ts'
import { RuntimeFailure } from './runtime-failure.ts'
import { type TensorValue, type ValueInfo, type Values, valueTypes } from './tensor-value.ts'

type Handler<Name extends keyof Calls> = (ask: Calls[Name]['ask']) => Promise<Calls[Name]['answer']>

/** ONNX Runtime, on the thread that calls it: `run` computes there and stops everything else. */
export type Engine = { [Name in 'open' | 'run' | 'hold' | 'forget' | 'close']: Handler<Name> }

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const ort = await loadOrt(options)
  const sessions = new Map<number, Opened>()
  let lastId = 0

  return {
    async open({ model, options: sessionOptions }) {
      const compiled = await compile(model, toOrtOptions(options, sessionOptions))
      // The file's bytes were read; without this they would stay until the next garbage collection.
      free(model)
      const info = { id: ++lastId, ...(await describe(compiled)) }
      const inputs = new Map(info.inputs.map((input) => [input.name, input]))
      sessions.set(info.id, { compiled, inputs, states: new Map() })
      return info
    },
    async run({ id, state, feeds, carry }) {
      const { compiled, inputs, states } = sessions.get(id)!
      const tensors = Object.entries({ ...states.get(state), ...feeds }).map(
        ([name, value]) => [name, toTensor(value, inputs.get(name)!)] as const,
      )
      // Without output tensors made before: onnxruntime-node 1.30 fills them and then copies them into
      // new arrays all the same (20 MB: 5.5 ms with and without).
      const results = await compiled.run(Object.fromEntries(tensors))
      const outputs: Record<string, TensorValue> = {}
      const carried: Record<string, TensorValue> = {}
      for (const [name, tensor] of Object.entries(results)) {
        if (Object.hasOwn(carry, name)) carried[carry[name]!] = toValue(tensor)
        else outputs[name] = toValue(tensor)
      }
      hold(states, state, carried)
      return { outputs, feeds }
    },
    async hold({ id, state, values }) {
      hold(sessions.get(id)!.states, state, values)
      return undefined
    },
    async forget({ id, state }) {
      const { states } = sessions.get(id)!
      freeAll(states.get(state))
      states.delete(state)
      return undefined
    },
    async close({ id }) {
      const { compiled, states } = sessions.get(id)!
      sessions.delete(id)
      for (const held of states.values()) freeAll(held)
      await compiled.release()
      return undefined
    },
  }

  async function compile(model: Uint8Array, ortOptions: InferenceSession.SessionOptions) {
    try {
      return await ort.InferenceSession.create(model, ortOptions)
    } catch (error) {
      const text = `The model (${model.length} bytes) cannot be compiled: ${textOf(error)}`
      const wayOut = 'Is it a whole ONNX file, with operators that this ONNX Runtime has?'
      throw new RuntimeFailure('model-rejected', `${text} ${wayOut}`, { cause: error })
    }
  }

  function toTensor({ data, shape }: TensorValue, { type }: ValueInfo): Tensor {
    return new ort.Tensor(type, data, shape)
  }
}

type Opened = {
  compiled: InferenceSession
  inputs: ReadonlyMap<string, ValueInfo>
  states: States
}

/** Held values by input, of each state of a session. */
type States = Map<number, Record<string, TensorValue>>

function hold(states: States, state: number, values: Record<string, TensorValue>): void {
  const held = states.get(state) ?? {}
  for (const [name, value] of Object.entries(values)) {
    if (held[name]) free(held[name].data)
    held[name] = value
  }
  states.set(state, held)
}

const freeAll = (held: Record<string, TensorValue> = {}): void => {
  for (const { data } of Object.values(held)) free(data)
}

/** Loads the library and makes sure that the device is there before any model is compiled. */
async function loadOrt(options: EngineOptions) {
  const { device } = options
  try {
    const ort = await import('onnxruntime-node')
    // All errors are thrown as well; nothing is to be printed besides.
    ort.env.logLevel = 'fatal'
    if (device !== 'cpu') {
      const probe = Buffer.from(IDENTITY_MODEL, 'base64')
      const session = await ort.InferenceSession.create(probe, toOrtOptions(options, {}))
      await session.release()
    }
    return ort
  } catch (error) {
    const text = `The device ${device} is absent here (${process.platform} ${process.arch}).`
    throw new RuntimeFailure('device-absent', `${text} ${deviceNeeds[device]}`, { cause: error })
  }
}

/** `y = x` for one number: with `x` and `y` float32 [1], as `writeOnnx` writes it. */
const IDENTITY_MODEL =
  'CAkSBmRlc2NyeTo7EgVncmFwaFoPCgF4EgoKCAgBEgQKAggBChAKAXgSAXkiCElkZW50aXR5Yg8KAXkSCgoICAESBAoC' +
  'CAFCAhASQhEKDWNvbS5taWNyb3NvZnQQAQ=='

const toOrtOptions = (
  { device, threads, spinning }: EngineOptions,
  { optimization = 'all' }: SessionOptions,
): InferenceSession.SessionOptions => ({
  executionProviders: [device],
  graphOptimizationLevel: optimization === 'all' ? 'all' : 'disabled',
  intraOpNumThreads: threads,
  logSeverityLevel: 4,
  extra: { session: { intra_op: { allow_spinning: spinning ? '1' : '0' } } },
})

async function describe(compiled: InferenceSession): Promise<Omit<SessionInfo, 'id'>> {
  try {
    return {
      inputs: compiled.inputMetadata.map(toInfo),
      outputs: compiled.outputMetadata.map(toInfo),
    }
  } catch (error) {
    await compiled.release()
    throw error
  }
}

function toInfo(metadata: InferenceSession.ValueMetadata): ValueInfo {
  const type = valueTypes.find((known) => metadata.isTensor && known === metadata.type)
  if (metadata.isTensor && type) return { name: metadata.name, type, shape: metadata.shape }
  const kind = metadata.isTensor ? metadata.type : 'not a tensor'
  const text = `${metadata.name} of the model is ${kind}; ${valueTypes.join(', ')} can be used.`
  throw new RuntimeFailure('model-rejected', text)
}

const toValue = ({ data, dims }: Tensor): TensorValue => ({ data: data as Values, shape: dims })

/** Gives the memory of an array back at once. */
const free = ({ buffer }: Values): void => void (buffer as ArrayBuffer).transfer(0)

const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().replace(/[^.!?]$/, '$&.')
