import { z } from 'zod'
import { BackboneCard } from './backbone-card.ts'
import { ModelSettings } from './model-settings.ts'

/** What is to be known about a model: `model.json`, beside its graphs. */
export type ModelCard = z.infer<typeof ModelCard>

const Count = z.int().min(1)
const Share = z.number().min(0).max(1)

/** A network whose features the encoder learned. Nothing of it is in the model. */
const TeacherCard = z.object({
  /** Where it came from: a repository with its commit, or a file's name. */
  name: z.string(),
  /** Of the ONNX file, the output whose values were learned included. */
  sha256: z.string(),
  /** Of its features: places of a picture, and channels of each, of which so many were kept. */
  places: Count,
  channels: Count,
  keptChannels: Count,
  /** Views of each picture that it was shown. */
  views: Count,
  /** Of the teaching loss; captions and labels did not count where it `only` taught. */
  weight: z.number(),
  only: z.boolean(),
  /** Pictures without captions that were learned from besides. */
  extraImages: z.int().min(0),
})

export const modelCardFormat = 'descry-model'
export const modelCardVersion = 1

/** What `measureCaption` finds out about a caption. */
export const featureNames = ['meanLogProb', 'labelSupport', 'labelledWords'] as const
export type FeatureName = (typeof featureNames)[number]

/**
 * quality = Σ weight · (feature − mean) / deviation
 * confidence = 1 / (1 + e^−(slope · quality + offset)), the probability of a CIDEr-D of `level` or more
 */
const Calibration = z.object({
  features: z.array(
    z.object({
      name: z.enum(featureNames),
      weight: z.number(),
      mean: z.number(),
      deviation: z.number().min(0),
    }),
  ),
  slope: z.number().min(0),
  offset: z.number(),
  level: z.number().min(0),
})
export type Calibration = z.infer<typeof Calibration>

/** Labels that mean the same, by their places among the labels, and from which probability on to show them. */
const ShownLabel = z.object({
  word: z.string(),
  members: z.array(z.int().min(0)).min(1),
  threshold: Share,
})
export type ShownLabel = z.infer<typeof ShownLabel>

export const ModelCard = z.object({
  format: z.literal(modelCardFormat),
  version: z.literal(modelCardVersion),
  name: z.string().min(1),
  settings: ModelSettings,
  /** Looks at the pictures, where the model itself starts from features. */
  backbone: BackboneCard.nullable().default(null),
  /** Pictures are squashed to `square` pixels a side, then drawn at the model's image size. */
  preprocessing: z.object({ square: Count }),
  vocabulary: z.array(z.string()).min(4),
  labels: z.array(z.string()),
  /** How captions are looked for unless a caller says otherwise. */
  decoding: z.object({ width: Count, lengthPenalty: z.number(), maxLength: Count }),
  /** Fitted on one half of dev; null before that. */
  calibration: Calibration.nullable(),
  /** Fitted on the same half; null before that. */
  shownLabels: z.array(ShownLabel).nullable().default(null),
  /**
   * score = 1 / (1 + e^−(weights · features + bias)) of the encoder's pooled features and the picture's
   * pixel statistics; below the threshold it is no photo. Null: nobody fitted it, and nothing is turned down.
   */
  photo: z
    .object({ weights: z.array(z.number()), bias: z.number(), threshold: Share })
    .nullable()
    .default(null),
  /**
   * Scores by split: captions as `descry score` names them; confidence and labels as `measureCalibration` does.
   */
  metrics: z.record(z.string(), z.record(z.string(), z.number())),
  training: z.object({
    data: z.string(),
    dataLicence: z.string(),
    dataSha256: z.string(),
    images: z.int().min(0),
    seed: z.number(),
    epochs: z.number().min(0),
    /** The settings in full, as they were given. */
    settings: z.record(z.string(), z.unknown()),
    startedFrom: z.string().nullable(),
    teacher: TeacherCard.nullable().default(null),
  }),
  limits: z.array(z.string()),
  createdBy: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: Count })),
})
