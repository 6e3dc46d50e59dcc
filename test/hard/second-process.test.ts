import { expect, inject, test } from 'vitest'
import { getHealth, listCaptions, listJobs, submitJob } from './api.ts'
import { createDatabase, query } from './create-database.ts'
import { untilEmbeddedEnded } from './embedded.ts'
import { eventually } from './eventually.ts'
import { makeImage } from './make-image.ts'
import { makeFolder, startDescry } from './start-descry.ts'

test('a second server on the same folder shares its database, and stays when the first is gone', async () => {
  const env = { DESCRY_DATA: await makeFolder() }
  const first = await startDescry({ ...env, DESCRY_ROLES: 'api' })
  const worker = await startDescry({ ...env, DESCRY_ROLES: 'worker' })
  const second = await startDescry({ ...env, DESCRY_ROLES: 'api' })

  const { body } = await submitJob(first.url, await makeImage(1))
  await eventually('the other process did the job', () => hasDone(second.url, 1), {
    withinMs: 10_000,
  })
  expect((await listJobs(second.url)).map(({ id }) => id)).toEqual([body.id])

  await first.kill()
  expect((await getHealth(second.url)).body.ready).toBe(true)
  expect(await worker.stop()).toBe(0)
  expect(await second.stop()).toBe(0)
  await untilEmbeddedEnded(env.DESCRY_DATA)
})

test('after a kill a new server takes the folder over at once', async () => {
  const env = { DESCRY_DATA: await makeFolder() }
  const first = await startDescry(env)
  const { body } = await submitJob(first.url, await makeImage(2))
  await first.kill()

  const second = await startDescry(env, 10_000)

  expect((await listJobs(second.url)).map(({ id }) => id)).toEqual([body.id])
  await eventually('the job is done', () => hasDone(second.url, 1), { withinMs: 10_000 })
})

test('five servers that start at once on an empty database all come up and work together', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'))
  const env = { DESCRY_DATA: await makeFolder(), DATABASE_URL: databaseUrl }
  const begun = Date.now()
  const servers = await Promise.all(Array.from({ length: 5 }, () => startDescry(env)))
  const seconds = (Date.now() - begun) / 1000

  const applied = await query<{ name: string }>(databaseUrl, 'select name from descry_migrations')
  expect(applied.length).toBeGreaterThan(0)
  expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length)

  const accepted = await Promise.all(
    Array.from({ length: 60 }, async (_, number) => {
      const server = servers[number % servers.length]
      return submitJob(server?.url ?? '', await makeImage(number))
    }),
  )
  expect(accepted.filter(({ status }) => status !== 202)).toEqual([])
  for (const { url } of servers) {
    await eventually('every server sees all jobs done', () => hasDone(url, 60), {
      withinMs: 30_000,
    })
    expect(await listCaptions(url)).toHaveLength(60)
    expect((await getHealth(url)).body.workers).toHaveLength(5)
  }
  const hosts = await query(databaseUrl, 'select distinct pid from workers')
  expect(hosts).toHaveLength(5)
  for (const server of servers) expect(await server.log()).not.toMatch(/"level":(50|60)/)
  console.info(`five servers on an empty database: all ready after ${seconds} s`)
})

const hasDone = async (url: string, count: number) =>
  (await listJobs(url)).filter(({ status }) => status === 'done').length === count
