import { CaptioningRules } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { listCaptionerSettings } from '../db/captioner-settings.ts'
import { findCaptioningRules, saveCaptioningRules } from '../db/captioning-rules.ts'
import type { CaptioningRulesRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

/** What was never decided is as the server's file has it, or as it comes. */
export async function getCaptioningRules(
  { organizationId }: Caller,
  { db, defaultRules }: Pick<Deps, 'db' | 'defaultRules'>,
): Promise<CaptioningRules> {
  const row = await findCaptioningRules(db, organizationId)
  return row ? toRules(row) : defaultRules
}

/** Refuses a chain that names nobody, somebody twice, or one that cannot see. */
export async function changeCaptioningRules(
  { organizationId }: Caller,
  { db, captioners }: Pick<Deps, 'db' | 'captioners'>,
  rules: CaptioningRules,
): Promise<CaptioningRules> {
  const names = rules.chain?.steps.map(({ captioner }) => captioner) ?? []
  const { captioners: known } = await captioners.of(organizationId)
  const stored = await listCaptionerSettings(db, organizationId) // those that are switched off as well
  const all = new Set([...known, ...stored].map(({ name }) => name))
  const unknown = names.find((name) => !all.has(name))
  if (unknown !== undefined) throw wrong(`There is no captioner called ${unknown}.`)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw wrong(`${twice} is in the chain twice.`)
  const blind = known.find(({ name, sees }) => !sees && names.includes(name))
  if (blind) {
    throw wrong(`${blind.name} only measures pixels; it cannot stand in for a captioner that sees.`)
  }
  await saveCaptioningRules(db, organizationId, rules)
  return rules
}

const wrong = (message: string) => new AppError('invalid-input', message)

/** Rules that are not understood are not passed over: a picture might leave that may not. */
function toRules({ chain, privacy, budgets }: CaptioningRulesRow): CaptioningRules {
  const parsed = CaptioningRules.safeParse({
    chain,
    privacy: privacy ?? {},
    budgets: budgets ?? {},
  })
  if (parsed.success) return parsed.data
  throw new AppError(
    'captioner-refused',
    'The rules for captions were made by another version of Descry. Make them again in the settings.',
    { cause: parsed.error },
  )
}
