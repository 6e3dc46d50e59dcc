import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { vlmDtypes } from './vlm-dtypes.ts'
import { VlmError } from './vlm-error.ts'
import { VlmFamily } from './vlm-families.ts'

/**
 * `vlm.json`, beside the files that were pulled: how this model is loaded. A repository has each graph in
 * many number formats; this says which of them was wanted last.
 */
export type VlmCard = z.infer<typeof VlmCard>
const VlmCard = z.object({
  format: z.literal('descry-vlm'),
  version: z.literal(1),
  /** Of the files that it is about. */
  commit: z.string(),
  family: VlmFamily,
  dtypes: z.record(z.string(), z.enum(vlmDtypes)),
})

/** Undefined where there is none. */
export async function findVlmCard(path: string): Promise<VlmCard | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new VlmError('model-damaged', `${path} cannot be read (${cause.code}).`, { cause })
  })
  if (text === undefined) return undefined
  try {
    return VlmCard.parse(JSON.parse(text))
  } catch (cause) {
    const message = `${path} is damaged, or of another version. Pull the model again: files that are whole stay.`
    throw new VlmError('model-damaged', message, { cause })
  }
}

export async function writeVlmCard(
  path: string,
  card: Omit<VlmCard, 'format' | 'version'>,
): Promise<void> {
  const whole: VlmCard = { format: 'descry-vlm', version: 1, ...card }
  await writeFile(path, `${JSON.stringify(whole, null, 2)}\n`)
}
