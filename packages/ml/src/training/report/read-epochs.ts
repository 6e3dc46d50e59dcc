import { z } from 'zod'

/** What the report shows of one line of `curves.jsonl`. What is missing was not measured. */
export type Epoch = z.infer<typeof Epoch>

/** JSON has no NaN and writes null instead; what is beyond any loss or score would only bend the axes. */
const Value = z.number().min(-1e9).max(1e9).optional().catch(undefined)
const Sample = z.object({ file: z.string(), caption: z.string(), reference: z.string().nullish() })

const Epoch = z.object({
  epoch: z.int().min(1),
  captionLoss: Value,
  labelLoss: Value,
  teachLoss: Value,
  devLoss: Value,
  devLabelLoss: Value,
  devTeachLoss: Value,
  reward: Value,
  CIDEr: Value,
  Bleu_4: Value,
  samples: z.array(Sample).catch([]),
})

/** Damaged lines are left out; of two lines about one epoch the later one counts. */
export function readEpochs(text: string): Epoch[] {
  const epochs = text.split('\n').flatMap(readLine)
  const last = new Map(epochs.map((epoch) => [epoch.epoch, epoch]))
  return withoutSampledLoss([...last.values()].toSorted((a, b) => a.epoch - b.epoch))
}

function readLine(line: string): Epoch[] {
  try {
    return [Epoch.parse(JSON.parse(line))]
  } catch {
    return []
  }
}

/** In self-critical training the loss is weighted by the reward of sampled captions and means nothing by itself. */
function withoutSampledLoss(epochs: Epoch[]): Epoch[] {
  const isSampled = epochs.some(({ reward }) => reward !== undefined)
  return isSampled ? epochs.map((epoch) => ({ ...epoch, captionLoss: undefined })) : epochs
}
