import { isAllowed } from '@descry/captioners'
import type { CaptionerInfo } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import type { Deps } from '../deps.ts'
import { getCaptioningRules } from './captioning-rules.ts'

/** What can caption for an organization, the default first, whether the privacy rules let it, and how it fares. */
export async function listCaptioners(
  caller: Caller,
  deps: Pick<Deps, 'db' | 'captioners' | 'chain' | 'defaultRules'>,
): Promise<CaptionerInfo[]> {
  const { captioners: known } = await deps.captioners.of(caller.organizationId)
  const { privacy } = await getCaptioningRules(caller, deps)
  return known.map((captioner, index) => {
    const { name, kind, description, styles, sendsPixelsTo } = captioner
    const { takesInstructions, sees, parent } = captioner
    return {
      ...{ name, kind, description, styles: [...styles], sendsPixelsTo },
      ...{ takesInstructions, sees, parent },
      mayBeAsked: isAllowed(captioner, privacy),
      isDefault: index === 0,
      state: deps.chain.describe(captioner),
    }
  })
}
