import type { CaptionerChange } from '@descry/contract'
import type { Db } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { inTransaction } from '../db/transaction.ts'

/** Pages show at once that a captioner is left alone, or works again. */
export function publishCaptionerChange(
  db: Db,
  { organizationId, name, state }: CaptionerChange & { organizationId: string },
): Promise<void> {
  return inTransaction(db, (tx) =>
    publish(tx, { organizationId, actor: 'descry' }, [
      { type: 'captioner', data: { name, state } },
    ]),
  )
}
