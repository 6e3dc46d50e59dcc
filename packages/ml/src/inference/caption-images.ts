import { decode } from '../decode/decode.ts'
import { DecodeError } from '../decode/decode-error.ts'
import type { DecodingMethod } from '../decode/decode-options.ts'
import type { Hypothesis } from '../decode/hypothesis.ts'
import { createStep } from '../models/create-step.ts'
import { buildDecoderStep } from '../models/inference-graphs.ts'
import { detokenize, toTokens } from '../tokenizer/detokenize.ts'
import { END, PAD, START, UNKNOWN } from '../tokenizer/vocabulary.ts'
import { type CaptionFeatures, measureCaption } from './caption-features.ts'
import { confidenceOf } from './confidence.ts'
import {
  type CaptionModel,
  type EncoderInput,
  type InferenceContext,
  MAX_BATCH,
  paddedSize,
  rowOf,
  runEncoder,
} from './run-encoder.ts'
import { photoFeatures, scorePhoto } from './score-photo.ts'
import { type PredictedLabel, selectLabels } from './select-labels.ts'

export type CaptionedImage = {
  /** Best first. */
  captions: GeneratedCaption[]
  /** Words seen in the picture, most probable first. */
  labels: PredictedLabel[]
  /** Of all labels of the model, shown or not. */
  labelProbabilities: Float32Array
  /** 0 to 1, see the card's `photo`; null where the model has no such score or the pixels are not there. */
  photoScore: number | null
}

type GeneratedCaption = {
  /** As people write it. */
  text: string
  /** As metrics take it. */
  tokens: string
  /** 0 to 1; see the card's calibration. Null where the model was never calibrated. */
  confidence: number | null
  features: CaptionFeatures
}

export type CaptionOptions = { method?: DecodingMethod; maxLength?: number }

/** Captions any number of pictures, eight at a time. */
export async function captionImages(
  pictures: readonly EncoderInput[],
  captioner: InferenceContext,
  options: CaptionOptions = {},
): Promise<CaptionedImage[]> {
  const captioned: CaptionedImage[] = []
  for (let start = 0; start < pictures.length; start += MAX_BATCH) {
    const some = pictures.slice(start, start + MAX_BATCH)
    captioned.push(...(await captionBatch(some, captioner, options)))
  }
  return captioned
}

/** Graphs are compiled for 1, 2, 4 or 8 pictures; a batch is filled up to the next of these. */
async function captionBatch(
  pictures: readonly EncoderInput[],
  captioner: InferenceContext,
  { method = defaultMethod(captioner.model), maxLength }: CaptionOptions,
): Promise<CaptionedImage[]> {
  const { model, values, use } = captioner
  const { settings, decoding } = model
  const images = paddedSize(pictures.length)
  const { labels, pooled, ...image } = await runEncoder(pictures, captioner)
  const branches = branchesOf(method)
  if (branches > settings.decoder.vocabulary) {
    throw new DecodeError(
      `The model knows ${settings.decoder.vocabulary} words: it cannot follow ${branches} captions at once.`,
    )
  }
  const rows = images * branches
  const found = await use(
    `decoder ${images} ${rows}`,
    () => buildDecoderStep(settings, { images, rows, values }),
    async (session) => {
      const graph = session.openState()
      try {
        return await decode(await createStep({ settings, graph, images, rows, image }), {
          images: pictures.length,
          start: START,
          end: END,
          maxLength: Math.min(maxLength ?? decoding.maxLength, settings.decoder.length),
          method: {
            minLength: 1,
            banned: [PAD, START, UNKNOWN],
            repetition: { noImmediate: true },
            ...method,
          },
        })
      } finally {
        await graph.dispose()
      }
    },
  )
  const probabilities = labels!.data as Float32Array
  return found.map((hypotheses, i) => {
    const ofImage = probabilities.slice(i * settings.labels, (i + 1) * settings.labels)
    return {
      captions: hypotheses.map((hypothesis) => toCaption(hypothesis, ofImage, model)),
      labels: selectLabels(ofImage, model),
      labelProbabilities: ofImage,
      photoScore: photoScoreOf(pictures[i]!, rowOf(pooled!, i), model),
    }
  })
}

const defaultMethod = ({ decoding }: CaptionModel): DecodingMethod => ({
  kind: 'beam',
  width: decoding.width,
  lengthPenalty: decoding.lengthPenalty,
})

function branchesOf(method: DecodingMethod): number {
  if (method.kind === 'beam') return method.width
  return method.kind === 'sample' ? (method.count ?? 1) : 1
}

function photoScoreOf(
  picture: EncoderInput,
  pooled: Float32Array,
  { photo, preprocessing: { square } }: CaptionModel,
): number | null {
  if (!photo || !(picture instanceof Uint8Array)) return null
  return scorePhoto(photo, photoFeatures(pooled, { pixels: picture, square }))
}

function toCaption(
  hypothesis: Hypothesis,
  probabilities: Float32Array,
  model: CaptionModel,
): GeneratedCaption {
  const tokens = toTokens(model.vocabulary, hypothesis.tokens)
  const features = measureCaption(hypothesis, probabilities, model)
  return {
    text: detokenize(tokens),
    tokens,
    confidence: model.calibration && confidenceOf(model.calibration, features),
    features,
  }
}
