import { z } from 'zod'
import { BackboneCard } from './backbone-card.ts'
import { ModelSettings } from './model-settings.ts'

/** What is to be known about a model: `model.json`, beside its graphs. */
export type ModelCard = z.infer<typeof ModelCard>

const Count = z.int().min(1)
const Share = z.number().min(0).max(1)

export const modelCardFormat = 'descry-model'
export const modelCardVersion = 1

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
  /** confidence = 1 / (1 + e^−(slope · mean log p + offset)), fitted on dev; null before that. */
  calibration: z.object({ slope: z.number(), offset: z.number(), error: Share }).nullable(),
  /** Scores by split, as `descry score` names them, and precision at 5 of the labels. */
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
  }),
  limits: z.array(z.string()),
  createdBy: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: Count })),
})
