import type { CaptionerSettings } from '@descry/contract'
import type { Db } from './client.ts'
import type { CaptionerSettingsRow } from './tables.ts'

export type StoredKey = { sealed: Buffer; hint: string }

export function listCaptionerSettings(
  db: Db,
  organizationId: string,
): Promise<CaptionerSettingsRow[]> {
  return db
    .selectFrom('captioner_settings')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('name')
    .execute()
}

export function findCaptionerSettings(
  db: Db,
  organizationId: string,
  name: string,
): Promise<CaptionerSettingsRow | undefined> {
  return db
    .selectFrom('captioner_settings')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirst()
}

/** `key` undefined: the stored one stays; null: it goes. */
export function saveCaptionerSettings(
  db: Db,
  organizationId: string,
  { settings, key }: { settings: CaptionerSettings; key: StoredKey | null | undefined },
): Promise<CaptionerSettingsRow> {
  const sealed =
    key === undefined ? {} : { sealed_key: key?.sealed ?? null, key_hint: key?.hint ?? null }
  const values = { settings: JSON.stringify(settings), updated_at: new Date(), ...sealed }
  return db
    .insertInto('captioner_settings')
    .values({ organization_id: organizationId, name: settings.name, ...values })
    .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function deleteCaptionerSettings(
  db: Db,
  organizationId: string,
  name: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('captioner_settings')
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
