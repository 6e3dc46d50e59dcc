import type { Prompt } from '@descry/contract'
import type { Db } from './client.ts'
import type { PromptRow } from './tables.ts'

export function listPrompts(db: Db, organizationId: string): Promise<PromptRow[]> {
  return db
    .selectFrom('prompts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('style')
    .orderBy('name')
    .execute()
}

export function findPrompt(
  db: Db,
  organizationId: string,
  name: string,
): Promise<PromptRow | undefined> {
  return db
    .selectFrom('prompts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirst()
}

export async function savePrompt(
  db: Db,
  organizationId: string,
  { name, style, template }: Prompt,
): Promise<void> {
  const values = { style, template, updated_at: new Date() }
  await db
    .insertInto('prompts')
    .values({ organization_id: organizationId, name, ...values })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doUpdateSet(values))
    .execute()
}

export async function deletePrompt(db: Db, organizationId: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('prompts')
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
