import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scripted } from '../../../captioners/test/chain/scripted-captioner.ts'
import { wish, withDefaults } from '../../../captioners/test/chain/wish.ts'
import { type ChainWorld, openChainWorld } from './open-databases.ts'

const timing = { leaseSeconds: 2 }
let world: ChainWorld
beforeAll(async () => {
  world = await openChainWorld()
})
afterAll(() => world.close())

/** Another process that holds the only place of `captioner`, and prolongs it, until it is killed. */
async function holder(captioner: string) {
  const source = (path: string) => JSON.stringify(join(import.meta.dirname, path))
  const script = `
    import { createChain } from ${source('../../../captioners/src/chain/create-chain.ts')}
    import { postgresUsage } from ${source('../../src/captioners/postgres-usage.ts')}
    import { openPostgres } from ${source('../../src/db/open-postgres.ts')}
    import { hang, scripted } from ${source('../../../captioners/test/chain/scripted-captioner.ts')}
    import { wish, withDefaults } from ${source('../../../captioners/test/chain/wish.ts')}
    const onError = (error) => console.error(error)
    const connection = { connectionString: ${JSON.stringify(world.databaseUrl)} }
    const { db } = openPostgres({ kind: 'postgres', connection, pool: { min: 0, max: 2 }, queuePool: 1, onError })
    const chain = createChain({ usage: postgresUsage({ db }), onError, timing: ${JSON.stringify(timing)} })
    const captioner = scripted(${JSON.stringify(captioner)}, hang, { limits: { parallel: 1 } })
    chain.run([captioner], wish, withDefaults())
    setInterval(() => captioner.calls.length > 0 && console.log('held'), 50)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test("a killed process's place comes back when its lease has expired, and not before it is killed", async () => {
  const child = await holder('held')
  const chain = await world.openChain({ timing })
  const captioner = scripted('held', 'a dog', { limits: { parallel: 1 } })
  const run = chain.run([captioner], wish, withDefaults())
  await sleep(3000)
  expect(captioner.calls).toEqual([]) // a lease and a half later

  child.kill('SIGKILL')
  expect((await run).output.text).toBe('a dog')
})
