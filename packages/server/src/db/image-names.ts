import type { Db } from './client.ts'

type Upload = { organizationId: string; imageId: string; name: string }

/** A name that is known already keeps its first time. */
export async function insertImageName(
  db: Db,
  { organizationId, imageId, name }: Upload,
): Promise<void> {
  await db
    .insertInto('image_names')
    .values({ organization_id: organizationId, image_id: imageId, name })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The first name first, and no more than anybody reads. */
export async function listImageNames(
  db: Db,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('image_names')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', id)
    .orderBy('uploaded_at')
    .orderBy('name')
    .limit(100)
    .execute()
  return rows.map(({ name }) => name)
}
