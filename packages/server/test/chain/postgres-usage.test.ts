import { afterAll, beforeAll, describe } from 'vitest'
import { testUsageStore } from '../../../captioners/test/chain/usage-store-contract.ts'
import { postgresUsage } from '../../src/captioners/postgres-usage.ts'
import { LOCAL_ORGANIZATION } from '../../src/db/tables.ts'
import { type ChainWorld, openChainWorld } from './open-databases.ts'

const OTHER = '00000000-0000-7000-8000-0000000000ff'

describe('usage in Postgres', () => {
  let world: ChainWorld
  beforeAll(async () => {
    world = await openChainWorld()
    await world.db.insertInto('organizations').values({ id: OTHER, name: 'Other' }).execute()
  })
  afterAll(() => world.close())

  testUsageStore(() => {
    let now = new Date(0)
    return {
      usage: postgresUsage({ db: world.db, clock: () => now }),
      organizations: [LOCAL_ORGANIZATION, OTHER],
      set: (time) => {
        now = new Date(time)
      },
    }
  })
})
