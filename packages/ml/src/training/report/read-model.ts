import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { countParameters } from '../../models/list-parameters.ts'
import type { ModelCard } from '../../models/model-card.ts'

/** What the report shows of `model.json`. */
export type ReportedModel = z.infer<typeof Card> & {
  /** Numbers that were learned. */
  weights: number
}

const Card = z.object({
  name: z.string().min(1),
  settings: z.looseObject({ architecture: z.string(), imageSize: z.number() }),
  backbone: z.object({ name: z.string() }).nullish(),
  training: z.object({
    data: z.string(),
    dataLicence: z.string().nullish(),
    dataSha256: z.string().nullish(),
    images: z.number(),
    seed: z.number(),
    /** The epoch whose weights are the model. */
    epochs: z.number(),
    settings: z.record(z.string(), z.unknown()).catch({}),
    startedFrom: z.string().nullish(),
    teacher: z
      .object({ name: z.string(), extraImages: z.number(), only: z.boolean().optional() })
      .nullish(),
  }),
  createdBy: z.string().nullish(),
})

/** The card of a model folder; undefined where none can be read. */
export const readModelFile = async (folder: string): Promise<ReportedModel | undefined> =>
  readModel(await readFile(join(folder, 'model.json'), 'utf8').catch(() => ''))

/** Undefined where there is no card, or none that can be read: the curves are worth a page without it. */
export function readModel(text: string): ReportedModel | undefined {
  try {
    const card = Card.parse(JSON.parse(text))
    const weights = countParameters(card.settings as unknown as ModelCard['settings'])
    return { ...card, weights: z.number().parse(weights) }
  } catch {
    return undefined
  }
}
