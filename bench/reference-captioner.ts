import { type ModelSettings, modelSizes, openRuntime, withWords } from '@descry/ml/training'
import { decode } from '../packages/ml/src/decode/decode.ts'
import { sizeOf } from '../packages/ml/src/graph/tensor.ts'
import { createStep } from '../packages/ml/src/models/create-step.ts'
import { pictureInput } from '../packages/ml/src/models/image-encoder.ts'
import { buildDecoderStep, buildEncoder } from '../packages/ml/src/models/inference-graphs.ts'
import { listParameters } from '../packages/ml/src/models/list-parameters.ts'
import { initialValues } from '../packages/ml/src/models/parameters.ts'
import { createRandom } from '../packages/ml/src/random.ts'
import { median } from './statistics.ts'

const WIDTH = 5
const TOKENS = 20

/** The reference cnn-transformer behind its backbone, random weights, beam 5, always 20 tokens. */
export async function captionWithReference({ images }: { images: number }) {
  const settings = withWords(modelSizes['cnn-transformer'].reference, {
    vocabulary: 8000,
    labels: 1,
  })
  const values = makeWeights(settings)
  const rows = images * WIDTH
  await using runtime = await openRuntime()
  const encoder = await runtime.openSession(buildEncoder(settings, { images, values }))
  const decoder = await runtime.openSession(buildDecoderStep(settings, { images, rows, values }))
  const { shape } = pictureInput(settings, images)
  const random = createRandom(2)
  const features = Float32Array.from({ length: sizeOf(shape) }, () => random())

  const times: number[] = []
  for (let run = 0; run < 9; run++) {
    const started = performance.now()
    const { outputs } = await encoder.run({ features: { data: features.slice(), shape } })
    const { labels: _labels, pooled: _pooled, ...image } = outputs
    const graph = decoder.openState()
    await decode(await createStep({ settings, graph, images, rows, image }), {
      images,
      start: 1,
      end: 2,
      maxLength: TOKENS,
      method: { kind: 'beam', width: WIDTH, minLength: TOKENS - 1 },
    })
    await graph.dispose()
    times.push(performance.now() - started)
  }
  const p50Ms = median(times.slice(2))
  return { p50Ms, imagesPerSecond: (images * 1000) / p50Ms }
}

function makeWeights(settings: ModelSettings): Map<string, Float32Array> {
  const random = createRandom(1)
  return new Map(listParameters(settings).map((spec) => [spec.name, initialValues(spec, random)]))
}
