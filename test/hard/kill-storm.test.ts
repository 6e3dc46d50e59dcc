import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFailed, test } from 'vitest'
import { getHealth, getJob, type Job, listCaptions, listJobs, submitJob } from './api.ts'
import { createDatabase, query } from './create-database.ts'
import { eventually } from './eventually.ts'
import { makeImage } from './make-image.ts'
import { seededRandom } from './random.ts'
import { startCaptioner } from './start-captioner.ts'
import { type Descry, launchDescry, makeFolder, startDescry } from './start-descry.ts'

const JOBS = 120
const KILLS = 8
const READY_WITHIN_MS = 10_000

test('no acknowledged job is lost or done twice when the server is killed again and again', async () => {
  const { seed, between } = seededRandom()
  onTestFailed(() => console.info(`Repeat with DESCRY_TEST_SEED=${seed}`))
  const begun = Date.now()
  const captioner = await startCaptioner({ ms: () => between(50, 400) })
  const databaseUrl = await createDatabase(inject('postgresUrl'))
  const env = {
    ...captioner.env,
    DESCRY_DATA: await makeFolder(),
    DATABASE_URL: databaseUrl,
    DESCRY_WORKER_CONCURRENCY: '4',
  }
  let current = await startDescry(env)

  const acknowledged = submitAll(() => current.url, { pauseMs: () => between(0, 3000) })
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(between(300, 2500))
    await current.kill()
    if (kill % 4 === 3) await killWhileStarting(env, between(50, 1500))
    current = await startDescry(env, READY_WITHIN_MS)
  }
  const ids = await acknowledged
  const jobs = await untilEnded(current, ids)

  expect(jobs.filter(({ status }) => status !== 'done')).toEqual([])
  await checkCaptions(current, databaseUrl)
  const interrupted = jobs.filter(({ interruptions }) => interruptions > 0)
  expect(interrupted.length).toBeGreaterThan(0)
  for (const { attempts } of interrupted) expect(attempts).toBeGreaterThan(1)
  const seconds = Math.round((Date.now() - begun) / 1000)
  console.info(
    `kill storm: ${KILLS} kills, ${ids.length} jobs, ${interrupted.length} interrupted, ${captioner.calls()} calls for ${2 * JOBS} captions, ${seconds} s, seed ${seed}`,
  )
})

test('what a killed worker had in hand is finished by the other', async () => {
  const captioner = await startCaptioner({ ms: () => 2000 })
  const env = {
    ...captioner.env,
    DESCRY_DATA: await makeFolder(), // images are files, which all processes share
    DATABASE_URL: await createDatabase(inject('postgresUrl')),
    DESCRY_WORKER_CONCURRENCY: '4',
  }
  const api = await startDescry({ ...env, DESCRY_ROLES: 'api' })
  const workers = [
    await startDescry({ ...env, DESCRY_ROLES: 'worker' }),
    await startDescry({ ...env, DESCRY_ROLES: 'worker' }),
  ]
  const ids = await submitAll(() => api.url, { pauseMs: () => 0, count: 24 })
  await eventually(
    'both workers have jobs in hand',
    async () => {
      const { body } = await getHealth(api.url)
      return body.workers.length === 2 && body.workers.every(({ running }) => running > 0)
    },
    { withinMs: 10_000 },
  )

  const killedAt = Date.now()
  await workers[0]?.kill()
  const jobs = await untilEnded(api, ids)

  expect(jobs.filter(({ status }) => status !== 'done')).toEqual([])
  const interrupted = jobs.filter(({ interruptions }) => interruptions > 0)
  expect(interrupted.length).toBeGreaterThan(0)
  expect(interrupted.length).toBeLessThanOrEqual(4)
  await checkCaptions(api, env.DATABASE_URL)
  const seconds = Math.round((Date.now() - killedAt) / 1000)
  expect(seconds).toBeLessThan(45)
  console.info(
    `a worker killed: ${interrupted.length} jobs taken over, all done after ${seconds} s`,
  )
})

test('a job whose worker died between fetching and beginning it is not forgotten', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'))
  const env = { DESCRY_DATA: await makeFolder(), DATABASE_URL: databaseUrl }
  const api = await startDescry({ ...env, DESCRY_ROLES: 'api' })
  const ids = await submitAll(() => api.url, { pauseMs: () => 0, count: 3 })
  // The moment is too short to hit with a kill: this is what one in it leaves behind.
  await query(
    databaseUrl,
    `update pgboss.job set state = 'active', started_on = now() - interval '20 seconds'
     where name = 'caption-image'`,
  )

  await startDescry({ ...env, DESCRY_ROLES: 'worker' })

  const jobs = await untilEnded(api, ids)
  expect(jobs.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
})

/** Eight at once, each image until it is acknowledged; returns the ids that were. */
async function submitAll(
  url: () => string,
  { pauseMs, count = JOBS }: { pauseMs: () => number; count?: number },
): Promise<string[]> {
  const ids: string[] = []
  const numbers = Array.from({ length: count }, (_, number) => number)
  const submitter = async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const image = await makeImage(number)
      await sleep(pauseMs())
      ids.push(await submitUntilAcknowledged(url, image))
    }
  }
  await Promise.all(Array.from({ length: 8 }, submitter))
  return ids
}

/** An answer that was lost in a kill may leave a job nobody knows of; it gives no second caption. */
const submitUntilAcknowledged = (url: () => string, image: Buffer): Promise<string> =>
  eventually(
    'a job is acknowledged',
    async () => {
      const { status, body } = await submitJob(url(), image, { styles: 'concise,alt' })
      return status === 202 && body.id
    },
    { withinMs: 60_000, everyMs: 100 },
  )

async function killWhileStarting(env: Record<string, string>, afterMs: number): Promise<void> {
  const launched = await launchDescry(env)
  await sleep(afterMs)
  await launched.kill()
}

/** Waits for the acknowledged jobs and any others; returns the acknowledged ones as they ended. */
async function untilEnded({ url }: Descry, ids: string[]): Promise<Job[]> {
  const isOpen = ({ status }: Job) => status === 'queued' || status === 'processing'
  try {
    await eventually('all jobs end', async () => !(await listJobs(url)).some(isOpen), {
      withinMs: 90_000,
    })
  } catch (error) {
    const open = (await listJobs(url)).filter(isOpen)
    throw new Error(`Open: ${JSON.stringify(open, null, 2)}`, { cause: error })
  }
  return Promise.all(ids.map((id) => getJob(url, id)))
}

/** Every job has its two captions, every image one of each style, and there are no others. */
async function checkCaptions({ url }: Descry, databaseUrl: string): Promise<void> {
  const jobs = await listJobs(url)
  for (const { imageId, captionIds } of jobs) {
    const captions = await listCaptions(url, imageId)
    expect(captions.map(({ style }) => style).sort()).toEqual(['alt', 'concise'])
    expect(captions.map(({ id }) => id).sort()).toEqual([...captionIds].sort())
  }
  const images = new Set(jobs.map(({ imageId }) => imageId))
  expect(await listCaptions(url)).toHaveLength(2 * images.size)
  const twice = await query(
    databaseUrl,
    'select image_id, style from captions group by 1, 2 having count(*) > 1',
  )
  expect(twice).toEqual([])
}
