import { isAllowed } from '@descry/captioners'
import type { CaptionerInfo } from '@descry/contract'
import type { Deps } from '../deps.ts'
import { getCaptioningRules } from './captioning-rules.ts'

/** What can caption for an organization, the default first, and whether the privacy rules let it. */
export async function listCaptioners(
  deps: Pick<Deps, 'db' | 'captioners' | 'defaultRules'>,
  organizationId: string,
): Promise<CaptionerInfo[]> {
  const { captioners: known } = await deps.captioners.of(organizationId)
  const { privacy } = await getCaptioningRules(deps, organizationId)
  return known.map((captioner, index) => {
    const { name, kind, description, styles, sendsPixelsTo } = captioner
    const { takesInstructions, sees, parent } = captioner
    return {
      ...{ name, kind, description, styles: [...styles], sendsPixelsTo },
      ...{ takesInstructions, sees, parent },
      mayBeAsked: isAllowed(captioner, privacy),
      isDefault: index === 0,
    }
  })
}
