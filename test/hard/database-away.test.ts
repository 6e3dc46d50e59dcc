import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { ask, caption, getHealth, getJob, listCaptions, listJobs, submitJob } from './api.ts'
import { createDatabase, query } from './create-database.ts'
import { eventually } from './eventually.ts'
import { listenToEvents } from './listen-to-events.ts'
import { makeImage } from './make-image.ts'
import { startCaptioner } from './start-captioner.ts'
import { makeFolder, startDescry } from './start-descry.ts'
import { startOwnPostgres } from './start-own-postgres.ts'

const ANSWER_WITHIN_MS = 7000 // five seconds for a connection, and some for a busy machine

/** One caption an image, so that they can be counted. */
const ONE = { styles: 'concise' }

test('while the database is away requests say so, and all recovers when it is back', async () => {
  const postgres = await startOwnPostgres()
  const captioner = await startCaptioner({ ms: () => 1500 })
  const server = await startDescry({
    ...captioner.env,
    DESCRY_DATA: await makeFolder(),
    DATABASE_URL: await createDatabase(postgres.url),
    DESCRY_WORKER_CONCURRENCY: '4',
  })
  const events = await listenToEvents(server.url)
  const images = await Promise.all(Array.from({ length: 20 }, (_, number) => makeImage(number)))
  const accepted = await Promise.all(images.map((image) => submitJob(server.url, image, ONE)))
  expect(accepted.map(({ status }) => status)).toEqual(images.map(() => 202))
  const ids = accepted.map(({ body }) => body.id)
  await eventually('a job is done', () => someDone(server.url), { withinMs: 10_000 })

  await postgres.stop()
  await expectUnavailable(server.url)
  await sleep(5000) // longer than one wait of the worker, and of the event hub
  await expectUnavailable(server.url)
  expect(server.isAlive()).toBe(true)

  await postgres.start()
  const backAt = Date.now()
  await eventually('health is good', async () => (await getHealth(server.url)).body.ready, {
    withinMs: 15_000,
  })
  const readyAfter = Date.now() - backAt
  for (const id of ids) {
    await eventually(`job ${id} is done`, async () => isDone(server.url, id), { withinMs: 60_000 })
  }
  expect(await listCaptions(server.url)).toHaveLength(images.length)

  const late = await submitJob(server.url, await makeImage(1000), ONE)
  expect(late.status).toBe(202)
  await eventually('the stream tells of the new job', async () => hears(events, late.body.id), {
    withinMs: 20_000,
  })
  await events.stop()
  console.info(
    `database away: ready ${readyAfter} ms after it was back, ${captioner.calls()} calls for ${images.length + 1} captions`,
  )
})

test('a server waits for a database that starts later', async () => {
  const postgres = await startOwnPostgres()
  const databaseUrl = await createDatabase(postgres.url)
  await postgres.stop()
  const starting = startDescry({ DESCRY_DATA: await makeFolder(), DATABASE_URL: databaseUrl })
  await sleep(3000)

  await postgres.start()

  const server = await starting
  expect((await getHealth(server.url)).body.ready).toBe(true)
})

test('connections that are cut again and again under load cost no job and not the process', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'))
  const captioner = await startCaptioner({ ms: () => 50 })
  const server = await startDescry({
    ...captioner.env,
    DESCRY_DATA: await makeFolder(),
    DATABASE_URL: databaseUrl,
    DESCRY_WORKER_CONCURRENCY: '4',
  })
  let cutting = true
  const load = submitWhile(server.url, () => cutting)
  for (let cut = 0; cut < 40; cut++) {
    await query(databaseUrl, CUT_ALL_OTHERS)
    await sleep(150)
  }
  cutting = false
  const ids = await load

  expect(server.isAlive()).toBe(true)
  expect(ids.length).toBeGreaterThan(20)
  for (const id of ids) {
    await eventually(`job ${id} is done`, async () => isDone(server.url, id), { withinMs: 60_000 })
  }
  console.info(`connections cut 40 times: ${ids.length} jobs acknowledged, none lost`)
})

const CUT_ALL_OTHERS = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

/** Four at once, for as long as told; returns the ids that were acknowledged. */
async function submitWhile(url: string, goOn: () => boolean): Promise<string[]> {
  const ids: string[] = []
  let number = 0
  const submitter = async () => {
    while (goOn()) {
      const { status, body } = await submitJob(url, await makeImage(number++), ONE)
      if (status === 202) ids.push(body.id)
      else expect(body.error.code).toBe('database-unavailable')
      await sleep(50)
    }
  }
  await Promise.all(Array.from({ length: 4 }, submitter))
  return ids
}

async function expectUnavailable(url: string): Promise<void> {
  const image = await makeImage(2000)
  const answers = await Promise.all([
    submitJob(url, image, ONE),
    caption(url, image, ONE),
    ask<{ error: { code: string } }>(`${url}/api/jobs`),
    ask<{ error: { code: string } }>(`${url}/api/captions`),
  ])
  for (const { status, body, ms } of answers) {
    expect({ status, code: body.error.code }).toEqual({ status: 503, code: 'database-unavailable' })
    expect(ms).toBeLessThan(ANSWER_WITHIN_MS)
  }
  const health = await getHealth(url)
  expect(health.status).toBe(503)
  expect(health.body.checks.database?.reason).toContain('database cannot be reached')
}

const isDone = async (url: string, id: string) => (await getJob(url, id)).status === 'done'

const someDone = async (url: string) =>
  (await listJobs(url)).some(({ status }) => status === 'done')

const hears = (events: { text(): string }, jobId: string) => events.text().includes(jobId)
