import { defaultSettings, modelSizes, openRuntime, withWords } from '@descry/ml/training'
import { sizeOf } from '../packages/ml/src/graph/tensor.ts'
import { createRandom } from '../packages/ml/src/random.ts'
import { createState } from '../packages/ml/src/training/loop/train-state.ts'
import { trainStep } from '../packages/ml/src/training/loop/train-step.ts'
import { buildTrainingGraph } from '../packages/ml/src/training/loop/training-graph.ts'
import { median } from './statistics.ts'

const { small } = modelSizes['cnn-transformer']

const cases = {
  /** The decoder alone, on 49 tokens a picture that came from elsewhere. */
  decoder: {
    settings: withWords(
      {
        ...small,
        encoder: { kind: 'features', tokens: 49, channels: 256 },
        decoder: { ...small.decoder, layers: 3 },
      },
      { vocabulary: 3000, labels: 1 },
    ),
    size: { images: 64, captions: 1, length: 22, smoothing: 0.1 },
  },
  small: {
    settings: withWords(small, { vocabulary: 2543, labels: 600 }),
    size: { images: 64, captions: 2, length: 20, smoothing: 0.1 },
  },
} as const

/** Forward, backward and AdamW, on noise: the median of ten steps. */
export async function timeTrainingStep(name: keyof typeof cases) {
  const { settings, size } = cases[name]
  await using runtime = await openRuntime({ spinning: true })
  const graph = buildTrainingGraph(settings, size)
  const { run } = await runtime.openSession(graph.onnx)
  const state = createState(graph.parameters, { seed: 1 })
  const times: number[] = []
  for (let step = 0; step < 13; step++) {
    const random = createRandom(1, step)
    const batch = makeNoise(graph.batch, settings.decoder.vocabulary, random)
    const started = performance.now()
    const { optimizer } = await trainStep(
      state,
      { graph, run, batch, random },
      { ...defaultSettings, adamw: defaultSettings },
    )
    state.optimizer = optimizer
    times.push(performance.now() - started)
  }
  const ms = median(times.slice(3))
  return { ms, imagesPerSecond: (size.images * 1000) / ms }
}

type Shapes = ReturnType<typeof buildTrainingGraph>['batch']

function makeNoise(shapes: Shapes, vocabulary: number, random: () => number) {
  const lengthOf = (name: string) => {
    const { shape = [0] } = shapes.find((entry) => entry.name === name) ?? {}
    return sizeOf(shape)
  }
  const numbers = (name: string) =>
    Float32Array.from({ length: lengthOf(name) }, () => random() * 2 - 1)
  const words = (name: string) =>
    BigInt64Array.from({ length: lengthOf(name) }, () => BigInt(Math.floor(random() * vocabulary)))
  return {
    pixels: numbers('pixels'),
    features: numbers('features'),
    tokens: words('tokens'),
    targets: words('targets'),
    weights: new Float32Array(lengthOf('weights')).fill(1),
    labels: numbers('labels').map((value) => (value > 0.9 ? 1 : 0)),
    captioned: numbers('captioned').fill(1),
  }
}
