import { decode } from '../../decode/decode.ts'
import type { Hypothesis } from '../../decode/hypothesis.ts'
import { createStep } from '../../models/create-step.ts'
import { pictureInput } from '../../models/image-encoder.ts'
import { buildDecoderStep, buildEncoder } from '../../models/inference-graphs.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { Session } from '../../runtime/session.ts'
import { toTokens } from '../../tokenizer/detokenize.ts'
import { END, PAD, START, UNKNOWN } from '../../tokenizer/vocabulary.ts'
import type { PreparedImage } from '../dataset/prepared-dataset.ts'
import { createCiderReward } from './cider-reward.ts'
import type { Batch } from './make-batch.ts'
import type { DrawnBatch, SampledBatch } from './train-loop-options.ts'
import { tokenizeEach } from './training-data.ts'

/**
 * Self-critical training: the model's own captions of a batch, sampled, each weighted by how much more
 * CIDEr it has than the others of its image have on average:
 *
 *   weight of every word of sample s = r(s) − mean of r over the other samples of the image
 *
 * Sources: Rennie et al. 2017, "Self-critical Sequence Training for Image Captioning"; the baseline is
 * that of Luo 2020, "A Better Variant of Self-Critical Sequence Training".
 */
export function createSelfCriticalSampler(
  training: readonly PreparedImage[],
  runtime: Runtime,
  { captions, length }: { captions: number; length: number },
): (drawn: DrawnBatch) => Promise<SampledBatch> {
  const rows = new Map(training.map(({ id }, row) => [id, row]))
  const reward = createCiderReward(tokenizeEach(training))
  let graphs: Promise<Graphs> | undefined

  return async (drawn) => {
    const { batch, images, settings, words } = drawn
    graphs ??= openGraphs(runtime, settings, { images: images.length, captions })
    const samples = await sample(await graphs, drawn, { captions, length })
    const rewards = samples.map((hypotheses, i) =>
      hypotheses.map(({ tokens, ended }) =>
        reward(rows.get(images[i]!.image.id)!, {
          tokens: toTokens(words.vocabulary.words, tokens),
          ended,
        }),
      ),
    )
    const all = rewards.flat()
    return {
      batch: writeSamples(batch, samples, { rewards, length }),
      reward: all.reduce((sum, value) => sum + value, 0) / all.length,
    }
  }
}

type Graphs = { encoder: Session; decoder: Session }

/** Compiled without weights, which change with every step. */
async function openGraphs(
  runtime: Runtime,
  settings: ModelSettings,
  { images, captions }: { images: number; captions: number },
): Promise<Graphs> {
  const values = new Map<string, Float32Array>()
  const rows = images * captions
  return {
    encoder: await runtime.openSession(buildEncoder(settings, { images, values })),
    decoder: await runtime.openSession(buildDecoderStep(settings, { images, rows, values })),
  }
}

async function sample(
  { encoder, decoder }: Graphs,
  { batch, images, values, settings, random }: DrawnBatch,
  { captions, length }: { captions: number; length: number },
): Promise<Hypothesis[][]> {
  await holdWeights(encoder, values)
  const { shape } = pictureInput(settings, images.length)
  const name = settings.encoder.kind === 'features' ? 'features' : 'pixels'
  const { outputs, feeds } = await encoder.run({ [name]: { data: batch[name]!, shape } })
  batch[name] = feeds[name]!.data as Float32Array // it was away
  const { labels: _labels, pooled: _pooled, ...image } = outputs

  const graph = decoder.openState()
  try {
    await holdWeights(decoder, values, graph)
    const rows = images.length * captions
    return await decode(await createStep({ settings, graph, images: images.length, rows, image }), {
      images: images.length,
      start: START,
      end: END,
      maxLength: length,
      method: {
        kind: 'sample',
        seed: Math.floor(random() * 2 ** 32),
        count: captions,
        banned: [PAD, START, UNKNOWN],
        minLength: 1,
      },
    })
  } finally {
    await graph.dispose()
  }
}

async function holdWeights(
  session: Session,
  values: ReadonlyMap<string, Float32Array>,
  state: Pick<Session, 'hold'> = session,
): Promise<void> {
  const weights: Record<string, { data: Float32Array; shape: number[] }> = {}
  for (const { name, shape } of session.inputs) {
    const data = values.get(name)
    if (data) weights[name] = { data, shape: shape.map(Number) }
  }
  await state.hold(weights)
}

/** Writes the samples where the batch had captions that people wrote. */
function writeSamples(
  batch: Batch,
  samples: readonly Hypothesis[][],
  { rewards, length }: { rewards: readonly number[][]; length: number },
): Batch {
  const tokens = new BigInt64Array(batch.tokens.length).fill(BigInt(PAD))
  const targets = new BigInt64Array(batch.targets.length).fill(BigInt(PAD))
  const weights = new Float32Array(batch.weights.length)
  for (const [i, hypotheses] of samples.entries()) {
    const total = rewards[i]!.reduce((sum, value) => sum + value, 0)
    for (const [k, { tokens: ids, ended }] of hypotheses.entries()) {
      const at = (i * hypotheses.length + k) * length
      const reward = rewards[i]![k]!
      const others = (total - reward) / Math.max(1, hypotheses.length - 1)
      const targetIds = ended ? [...ids, END] : ids
      for (const [t, id] of targetIds.entries()) {
        tokens[at + t] = BigInt(t === 0 ? START : ids[t - 1]!)
        targets[at + t] = BigInt(id)
        weights[at + t] = reward - others
      }
    }
  }
  return { ...batch, tokens, targets, weights }
}
