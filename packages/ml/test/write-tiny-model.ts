import { pixelStatisticCount } from '../src/image/pixel-statistics.ts'
import { countPooledFeatures } from '../src/models/count-pooled-features.ts'
import { listParameters } from '../src/models/list-parameters.ts'
import { type ModelCard, modelCardFormat, modelCardVersion } from '../src/models/model-card.ts'
import type { ModelSettings } from '../src/models/model-settings.ts'
import { saveModel } from '../src/models/save-model.ts'
import { END } from '../src/tokenizer/vocabulary.ts'
import { sampleNetworks, sampleValues } from './sample-networks.ts'

/**
 * Makes a folder a model that captions any picture, in words that mean nothing. `photosOnly`: it takes a
 * picture of one colour for no photo, and noise for one.
 */
export async function writeTinyModel(folder: string, { photosOnly = false } = {}): Promise<string> {
  const [, settings] = sampleNetworks[0]!
  const values = sampleValues(listParameters(settings))
  // What it says is never empty: all states point away from the end.
  const { width } = settings.decoder
  values.get('decoder.norm.bias')!.fill(1)
  values.get('decoder.embedding')!.fill(-1, END * width, (END + 1) * width)
  await saveModel(
    folder,
    {
      format: modelCardFormat,
      version: modelCardVersion,
      name: 'tiny',
      settings,
      backbone: null,
      preprocessing: { square: 12 },
      vocabulary: ['<pad>', '<start>', '<end>', '<unknown>', 'grass', 'dog', 'runs'],
      labels: ['dog', 'grass', 'ball'],
      decoding: { width: 2, lengthPenalty: 0.7, maxLength: 4 },
      calibration: {
        features: [{ name: 'meanLogProb', weight: 1, mean: -1, deviation: 0.5 }],
        slope: 1.5,
        offset: 0.5,
        level: 0.3,
      },
      shownLabels: ['dog', 'grass', 'ball'].map((word, i) => ({
        word,
        members: [i],
        threshold: 0,
      })),
      photo: photosOnly ? evenIsNoPhoto(settings) : null,
      metrics: { test: { CIDEr: 0.1 } },
      training: {
        data: 'nothing',
        dataLicence: 'none',
        dataSha256: '',
        images: 0,
        seed: 5,
        epochs: 0,
        settings: {},
        startedFrom: null,
        teacher: null,
      },
      limits: ['It has learned nothing.'],
      createdBy: 'a test',
    },
    { values },
  )
  return folder
}

/** Looks only at the first pixel statistic: the share of pixels that are as their neighbours. */
function evenIsNoPhoto(settings: ModelSettings): ModelCard['photo'] {
  const channels = countPooledFeatures(settings)
  const weights = new Array<number>(channels + pixelStatisticCount).fill(0)
  weights[channels] = -10
  return { weights, bias: 5, threshold: 0.5 }
}
