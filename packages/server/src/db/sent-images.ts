import { v7 as uuidv7 } from 'uuid'
import type { Db } from './client.ts'
import type { SentImageRow } from './tables.ts'

type Sending = { organizationId: string; imageId: string; captioner: string; host: string }

/** Before the picture leaves: what was not written down does not go. */
export async function insertSentImage(
  db: Db,
  { organizationId, imageId, captioner, host }: Sending,
): Promise<void> {
  const row = { organization_id: organizationId, image_id: imageId, captioner, host }
  await db
    .insertInto('sent_images')
    .values({ id: uuidv7(), ...row })
    .execute()
}

/** One more than `limit`, so that it is known whether there is a next page. */
export function listSentImages(
  db: Db,
  organizationId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<SentImageRow[]> {
  return db
    .selectFrom('sent_images')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}
