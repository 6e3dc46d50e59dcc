import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findImage } from '../src/db/images.ts'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { openWorld, type World } from './world.ts'

describe('transactions', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('using the database around an open transaction throws instead of waiting for ever', async () => {
    const { db } = world.deps
    const work = inTransaction(db, () =>
      findImage(db, { organizationId: LOCAL_ORGANIZATION, id: 'x' }),
    )
    await expect(work).rejects.toThrow('A transaction is open here')
  })

  test('a transaction within a transaction throws', async () => {
    const { db } = world.deps
    const work = inTransaction(db, () => inTransaction(db, async () => {}))
    await expect(work).rejects.toThrow('A transaction is open here')
  })

  test('sending a job outside a transaction throws', async () => {
    const { db, queue } = world.deps
    const sending = { kind: 'caption', jobId: randomUUID(), deliveryId: randomUUID(), priority: 0 }
    const send = queue.send(db as never, [sending])
    await expect(send).rejects.toThrow('must be sent within a transaction')
  })

  test('the first send of a process, inside a transaction, does not need another connection', async () => {
    const { db, queue } = world.deps
    const deliveryId = randomUUID()
    const send = inTransaction(db, (tx) =>
      queue.send(tx, [{ kind: 'caption', jobId: deliveryId, deliveryId, priority: 0 }]),
    )
    await expect(send).resolves.toBeUndefined()
  })

  test('transactions that run at once keep apart, and each commits its own', async () => {
    const { db } = world.deps
    await sql`create table pots (id int primary key, n int)`.execute(db)
    await sql`insert into pots values (1, 0)`.execute(db)
    const add = (fails: boolean) =>
      inTransaction(db, async (tx) => {
        await sql`update pots set n = n + 1`.execute(tx)
        if (fails) throw new Error('no')
      }).catch(() => {})
    await Promise.all(Array.from({ length: 30 }, (_, i) => add(i % 3 === 0)))
    const { rows } = await sql<{ n: number }>`select n from pots`.execute(db)
    expect(rows[0]?.n).toBe(20)
  })
})
