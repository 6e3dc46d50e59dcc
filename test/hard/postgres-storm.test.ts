import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFailed, test } from 'vitest'
import { ask, getHealth, getJob, listCaptions, listJobs, submitJob } from './api.ts'
import { findEmbedded, killHard } from './embedded.ts'
import { eventually } from './eventually.ts'
import { makeImage } from './make-image.ts'
import { countOf, seededRandom } from './random.ts'
import { startCaptioner } from './start-captioner.ts'
import { type Descry, makeFolder, startDescry } from './start-descry.ts'

const KILLS = countOf(12) // 200 for the whole of it
const READY_WITHIN_MS = 120_000 // whether it comes back is the question; the machine may be busy

/** Who is killed, and how often it happened. */
const victims = {
  server: 0,
  postgres: 0,
  supervisor: 0,
  'server and postgres': 0,
  'server and supervisor': 0,
  'postgres and supervisor': 0,
  all: 0,
}
type Victim = keyof typeof victims

test(`${KILLS} kills of server, Postgres and supervisor lose nothing and double nothing`, async () => {
  const { seed, between } = seededRandom()
  onTestFailed(() =>
    console.info(`Repeat with DESCRY_TEST_SEED=${seed} DESCRY_TEST_COUNT=${KILLS}`),
  )
  const begun = Date.now()
  const captioner = await startCaptioner({ ms: () => between(20, 200) })
  const dataFolder = await makeFolder()
  const env = { ...captioner.env, DESCRY_DATA: dataFolder, DESCRY_WORKER_CONCURRENCY: '4' }
  let server = await startDescry(env)
  let storming = true
  const url = () => server.url
  const jobs = submitJobs(url, () => storming)
  const settings = changeSettings(url, () => storming)

  let slowestStart = 0
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(between(0, 1500))
    const names = Object.keys(victims) as Victim[]
    const victim = names[Math.floor(between(0, names.length))] ?? 'all'
    victims[victim] += 1
    await strike(victim, server, dataFolder)
    const from = Date.now()
    if (!server.isAlive()) server = await startDescry(env, READY_WITHIN_MS)
    await eventually('all is well again', async () => (await getHealth(url())).body.ready, {
      withinMs: READY_WITHIN_MS,
      everyMs: 50,
    })
    slowestStart = Math.max(slowestStart, Date.now() - from)
  }
  storming = false
  const acknowledged = await jobs
  const { written, read } = await settings
  const unlucky = await retryUnlucky(url())

  for (const id of acknowledged) {
    expect(await getJob(url(), id)).toMatchObject({ status: 'done', error: null })
  }
  await checkCaptions(url())
  expect(await read()).toBeGreaterThanOrEqual(written)
  console.info(
    `storm, seed ${seed}: ${JSON.stringify(victims)}; ${acknowledged.length} jobs (${unlucky} met a kill in each attempt) and ${written} settings, 0 lost, 0 doubled; slowest return ${slowestStart} ms; ${Math.round((Date.now() - begun) / 1000)} s`,
  )
}, 3_600_000)

/** Jobs whose every attempt met a kill are failed, as they should be, and done when retried. */
async function retryUnlucky(url: string): Promise<number> {
  const end = () => eventually('all jobs end', () => allEnded(url), { withinMs: 300_000 })
  try {
    await end()
  } catch (error) {
    const open = (await listJobs(url)).filter(({ status }) => status !== 'done')
    throw new Error(`Open: ${JSON.stringify(open)}`, { cause: error })
  }
  const failed = (await listJobs(url)).filter(({ status }) => status === 'failed')
  for (const { id, error } of failed) {
    expect(['worker-lost', 'database-unavailable']).toContain(error?.code)
    await ask(`${url}/api/jobs/${id}/retry`, { method: 'POST' })
  }
  await end()
  return failed.length
}

async function strike(victim: Victim, server: Descry, dataFolder: string): Promise<void> {
  const { postgres, supervisor } = await findEmbedded(dataFolder)
  const hits = (name: string) => victim === 'all' || victim.includes(name)
  if (hits('supervisor')) killHard(supervisor)
  if (hits('postgres')) killHard(postgres)
  if (hits('server')) await server.kill()
}

/** Three at a time, each image until it is acknowledged; returns the ids that were. */
async function submitJobs(url: () => string, goOn: () => boolean): Promise<string[]> {
  const ids: string[] = []
  let number = 0
  const submitter = async () => {
    while (goOn()) {
      const image = await makeImage(number++)
      const id = await eventually(
        'a job is acknowledged',
        async () => {
          const { status, body } = await submitJob(url(), image, { styles: 'concise,alt' })
          return status === 202 && body.id
        },
        { withinMs: 300_000, everyMs: 100 },
      )
      ids.push(id)
      await sleep(100)
    }
  }
  await Promise.all(Array.from({ length: 3 }, submitter))
  return ids
}

/** A number that only grows; what was acknowledged last must be there, or what was tried after it. */
async function changeSettings(url: () => string, goOn: () => boolean) {
  const address = () => `${url()}/api/captioners/counter`
  let written = 0
  let next = 1
  while (goOn()) {
    const settings = {
      ...{ kind: 'openai-compatible', name: 'counter', enabled: false, models: ['m'] },
      ...{ baseUrl: 'http://127.0.0.1:1/v1', limits: { perDay: next } },
    }
    const answer = await ask(address(), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings }),
    }).catch(() => undefined)
    if (answer?.status === 200) written = next
    next += 1
    await sleep(50)
  }
  const read = async () => {
    const { body } = await ask<{ items: { settings: { limits: { perDay: number } } }[] }>(
      `${url()}/api/captioners/configured`,
    )
    return body.items[0]?.settings.limits.perDay ?? 0
  }
  return { written, read }
}

const allEnded = async (url: string) =>
  !(await listJobs(url)).some(({ status }) => status === 'queued' || status === 'processing')

/** Each job has its two captions, each image one of each style, and there are no others. */
async function checkCaptions(url: string): Promise<void> {
  const captions = await listCaptions(url)
  const byImage = Map.groupBy(captions, ({ imageId }) => imageId)
  for (const [imageId, own] of byImage) {
    expect(own.map(({ style }) => style).sort(), imageId).toEqual(['alt', 'concise'])
  }
  const jobs = (await listJobs(url)).filter(({ status }) => status === 'done')
  const known = new Set(captions.map(({ id }) => id))
  for (const { captionIds } of jobs) {
    expect(captionIds).toHaveLength(2)
    for (const id of captionIds) expect(known.has(id)).toBe(true)
  }
}
