import type { Db, Tx } from './client.ts'
import type { CaptionRow } from './tables.ts'

/** What a caption is of, and how it was made. Of each there is one current caption. */
export type CaptionAddress = { organizationId: string; imageId: string; recipe: string }

/** The current caption by the first of these recipes that has one. */
export async function findCurrentCaption(
  db: Db,
  {
    organizationId,
    imageId,
    recipes,
  }: Omit<CaptionAddress, 'recipe'> & { recipes: readonly string[] },
): Promise<CaptionRow | undefined> {
  const rows = await db
    .selectFrom('current_captions as current')
    .innerJoin('captions', 'captions.id', 'current.caption_id')
    .selectAll('captions')
    .where('current.organization_id', '=', organizationId)
    .where('current.image_id', '=', imageId)
    .where('current.recipe', 'in', recipes)
    .execute()
  const first = recipes.find((recipe) => rows.some((row) => row.recipe === recipe))
  return rows.find((row) => row.recipe === first)
}

/**
 * Makes a caption the current one where there is none yet. Waits for others who do the same, to the
 * end of their transactions.
 */
export async function insertCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
  captionId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('current_captions')
    .values({
      organization_id: organizationId,
      image_id: imageId,
      recipe,
      caption_id: captionId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** The current caption, which stays so to the end of the transaction. */
export async function lockCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
): Promise<string> {
  const { caption_id } = await tx
    .selectFrom('current_captions')
    .select('caption_id')
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', '=', recipe)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return caption_id
}

export async function updateCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
  captionId: string,
): Promise<void> {
  await tx
    .updateTable('current_captions')
    .set({ caption_id: captionId })
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', '=', recipe)
    .execute()
}
