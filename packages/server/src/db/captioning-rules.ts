import type { CaptioningRules } from '@descry/contract'
import type { Db } from './client.ts'
import type { CaptioningRulesRow } from './tables.ts'

export function findCaptioningRules(
  db: Db,
  organizationId: string,
): Promise<CaptioningRulesRow | undefined> {
  return db
    .selectFrom('captioning_rules')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
}

export async function saveCaptioningRules(
  db: Db,
  organizationId: string,
  { chain, privacy, budgets }: CaptioningRules,
): Promise<void> {
  const values = {
    chain: chain && JSON.stringify(chain),
    privacy: JSON.stringify(privacy),
    budgets: JSON.stringify(budgets),
    updated_at: new Date(),
  }
  await db
    .insertInto('captioning_rules')
    .values({ organization_id: organizationId, ...values })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(values))
    .execute()
}
