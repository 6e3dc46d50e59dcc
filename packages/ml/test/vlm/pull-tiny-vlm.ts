import type { PulledVlm } from '../../src/vlm/find-vlm.ts'
import { pullVlm } from '../../src/vlm/pull-vlm.ts'
import { type FakeRepository, openSampleHub } from '../fake-hub.ts'

export type TinyHub = Awaited<ReturnType<typeof openTinyHub>>

/** A fake hub with a tiny model as `owner/name`, and a new folder to pull to. */
export const openTinyHub = (files: FakeRepository['files'], licence = 'mit') =>
  openSampleHub({ files, licence })

/** The same, and pulled. */
export async function pullTinyVlm(
  files: FakeRepository['files'],
): Promise<TinyHub & { vlm: PulledVlm }> {
  const sample = await openTinyHub(files)
  const vlm = await pullVlm(sample.settings, { repository: 'owner/name' })
  return { ...sample, vlm, [Symbol.asyncDispose]: () => sample[Symbol.asyncDispose]() }
}
