import type { Epoch } from './read-epochs.ts'

const scores = [
  ['CIDEr', 'CIDEr', 'agreement with what people wrote, 0 to 10'],
  ['Bleu_4', 'BLEU-4', 'runs of up to four words shared with people, 0 to 1'],
  ['devLoss', 'Caption loss (dev)', 'surprise at each word a person wrote; less is better'],
  ['devTeachLoss', 'Teaching loss (dev)', 'distance from the features of the teacher, 0 to 4'],
] as const

const ofTraining = [
  ['reward', 'Reward', 'CIDEr of the captions sampled in training'],
  ['captionLoss', 'Caption loss (training)', scores[2][2]],
  ['teachLoss', 'Teaching loss (training)', scores[3][2]],
] as const

/** The numbers of one epoch on dev, each with a word of what it is; those of training if there are none. */
export function headline(epoch: Epoch): string {
  const scored = scores.filter(([key]) => epoch[key] !== undefined)
  const figures = (scored.length > 0 ? scored : ofTraining).map(([key, name, meaning]) => {
    const value = epoch[key]?.toFixed(3)
    return value && `<div><dt>${name}</dt><dd>${value}</dd><dd>${meaning}</dd></div>`
  })
  return figures.some(Boolean) ? `<dl>${figures.filter(Boolean).join('\n')}</dl>` : ''
}
