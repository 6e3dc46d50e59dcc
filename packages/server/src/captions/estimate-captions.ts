import { estimateCost, estimateTime, fillPrompt } from '@descry/captioners'
import type { Estimate, EstimateRequest } from '@descry/contract'
import type { z } from 'zod'
import type { Caller } from '../access/caller.ts'
import { listRecentMs } from '../db/captioner-usage.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { planCaptions } from './plan-captions.ts'

/** If the first captioner of the chain makes all of them, as many at a time as this process has workers. */
export async function estimateCaptions(
  caller: Caller,
  deps: Pick<Deps, 'db' | 'captioners' | 'config' | 'defaultRules'>,
  { images, styles, captioner: name }: z.infer<typeof EstimateRequest>,
): Promise<Estimate> {
  const requested = { captioner: name, styles, fresh: false }
  const { captioners, options } = await planCaptions(caller, deps, { options: requested })
  const [captioner] = captioners
  if (!captioner) throw new AppError('unsupported-option', 'There is no captioner to ask.')
  const work = {
    images,
    styles: options.styles,
    prompt: fillPrompt(undefined, { style: options.styles[0] ?? 'concise' }),
  }
  const recentMs = await listRecentMs(deps.db, {
    organizationId: caller.organizationId,
    captioner: captioner.name,
  })
  const parallel = deps.config.worker.concurrency
  return {
    captioner: captioner.name,
    dollars: estimateCost(captioner, work),
    seconds: estimateTime(captioner, work, { recentMs, parallel }),
  }
}
