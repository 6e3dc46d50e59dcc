import { measurePytorch } from './peer-pytorch.ts'
import { captionWithReference } from './reference-captioner.ts'
import type { Row, Table } from './report.ts'
import { timeTrainingStep } from './training-step.ts'

/**
 * The learning machine: a decoder's training step, the small model's, and the reference model's beam;
 * beside them the same in PyTorch, where it is installed.
 */
export async function measureLearning(): Promise<Table> {
  const peer = measurePytorch()
  const decoder = await timeTrainingStep('decoder')
  const small = await timeTrainingStep('small')
  const alone = await captionWithReference({ images: 1 })
  const together = await captionWithReference({ images: 8 })
  return {
    columns: ['measured', peer ? `PyTorch ${peer.version}` : 'PyTorch', 'times as fast'],
    rows: [
      compare({
        what: 'training step of a decoder (3 layers, d 256, 64 × 22 tokens), with AdamW',
        unit: 'ms',
        target: '≤ 210–230',
        values: [decoder.ms, peer?.decoderMs],
      }),
      compare({
        what: 'training of `small`, end to end but for reading pixels',
        unit: 'images/s',
        target: '≥ 60',
        values: [small.imagesPerSecond, peer?.smallImagesPerSecond],
      }),
      compare({
        what: 'reference decoder, beam 5, 20 tokens, one image, p50',
        unit: 'ms',
        target: '≤ 200',
        values: [alone.p50Ms, peer?.beamMs],
      }),
      compare({
        what: 'the same, eight together',
        unit: 'images/s',
        target: '≥ 8',
        values: [together.imagesPerSecond, peer?.beamTogetherImagesPerSecond],
      }),
    ],
  }
}

/** With how many times as fast as the peer we are. */
function compare({ values: [ours, theirs], ...row }: Row): Row {
  if (ours === undefined || theirs === undefined) return { ...row, values: [ours, theirs] }
  const ratio = row.unit === 'ms' ? theirs / ours : ours / theirs
  return { ...row, values: [ours, theirs, ratio] }
}
