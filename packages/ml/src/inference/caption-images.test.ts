import { expect, test } from 'vitest'
import { sampleNetworks } from '../../test/sample-networks.ts'
import { ModelError } from '../models/model-error.ts'
import { captionImages } from './caption-images.ts'
import type { CaptionModel, UseGraph } from './run-encoder.ts'

test('a model that starts from features refuses pictures', async () => {
  const [, settings] = sampleNetworks.find(([name]) => name === 'lstm-attention on features')!
  const model: CaptionModel = {
    settings,
    backbone: null,
    preprocessing: { square: 8 },
    vocabulary: [],
    labels: [],
    decoding: { width: 1, lengthPenalty: 1, maxLength: 5 },
    calibration: null,
    shownLabels: null,
    photo: null,
  }
  const fail = () => {
    throw new Error('must not run')
  }
  const use: UseGraph = (_key, _build, work) => work({ run: fail, openState: fail })
  const captioning = captionImages([new Uint8Array(8 * 8 * 3)], { model, values: new Map(), use })
  await expect(captioning).rejects.toBeInstanceOf(ModelError)
  await expect(captioning).rejects.toThrow(/starts from the features of another network/)
})
