import { modelSizes, withWords } from '../../models/model-sizes.ts'

const size = { vocabulary: 400, labels: 300 }
/** A card, for tests: the model is of this epoch. */
export const card = (epochs: number) => ({
  name: 'harbour',
  settings: withWords(modelSizes['cnn-transformer'].tiny, size),
  training: { data: 'boats', images: 6000, seed: 7, epochs, settings: { epochs: 60, rate: 0.001 } },
})

/** A line of the curves, for tests. */
export const line = (epoch: number, more: object = {}) => ({
  epoch,
  captionLoss: 5 - epoch,
  labelLoss: 0.5 / epoch,
  devLoss: 6 - epoch,
  devLabelLoss: 0.6 / epoch,
  CIDEr: epoch / 10,
  Bleu_4: epoch / 100,
  samples: [{ file: `${epoch}.jpg`, caption: `boat ${epoch}`, reference: 'a boat' }],
  ...more,
})
