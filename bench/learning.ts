import { captionWithReference } from './reference-captioner.ts'
import { type Table, toRow } from './report.ts'
import { timeTrainingStep } from './training-step.ts'

/** The learning machine: a decoder's training step, the small model's, and the reference model's beam. */
export async function measureLearning(): Promise<Table> {
  const decoder = await timeTrainingStep('decoder')
  const small = await timeTrainingStep('small')
  const alone = await captionWithReference({ images: 1 })
  const together = await captionWithReference({ images: 8 })
  return {
    columns: ['measured'],
    rows: [
      toRow(
        'training step of a decoder (3 layers, d 256, 64 × 22 tokens), with AdamW',
        'ms',
        '≤ 210–230',
        decoder.ms,
      ),
      toRow(
        'training of `small`, end to end but for reading pixels',
        'images/s',
        '≥ 60',
        small.imagesPerSecond,
      ),
      toRow('reference decoder, beam 5, 20 tokens, one image, p50', 'ms', '≤ 200', alone.p50Ms),
      toRow('the same, eight together', 'images/s', '≥ 8', together.imagesPerSecond),
    ],
  }
}
