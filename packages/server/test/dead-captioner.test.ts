import type { CaptionerList, CaptionJob, Event, Health } from '@descry/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Worker } from '../src/worker/start-worker.ts'
import { ask, caption, setUp, startScripted } from './captioning/requests.ts'
import { fakeCaptioner, openWorld, until, type World } from './world.ts'

/** One of this machine, which always answers. */
const quick = fakeCaptioner({
  name: 'quick',
  kind: 'builtin',
  styles: ['concise'],
  takesInstructions: false,
  caption: async () => ({ text: 'A dog, seen from nearby.' }),
})

const url = '/api/jobs/captions'
const events: Event[] = []
let world: World
let worker: Worker
beforeAll(async () => {
  world = await openWorld({
    captioners: [quick],
    env: { DESCRY_WORKER_CONCURRENCY: '1' },
    timing: { failures: 3, backoffMs: 1000 },
  })
  world.deps.events.subscribe('all', (event) => events.push(event))
  const gone = await startScripted({})
  await gone.close() // nobody listens there any more
  await setUp(world, gone.url, { name: 'dead' })
  worker = await world.startWorker()
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

const submit = async (captioner: string) =>
  (await caption<CaptionJob>(world, { captioner, styles: 'concise' }, { url })).body
const read = async (id: string) => (await ask<CaptionJob>(world, 'GET', `/jobs/${id}`)).body

test('a captioner that cannot be reached holds no worker, and everybody is told', async () => {
  const waiting = await Promise.all(Array.from({ length: 12 }, () => submit('dead')))

  const other = await submit('quick') // it would wait for minutes, if the twelve held the workers
  await until(async () => (await read(other.id)).status === 'done')

  const jobs = await until(async () => {
    const all = await Promise.all(waiting.map(({ id }) => read(id)))
    return all.every(({ runAfter }) => runAfter !== null) && all
  })
  for (const { status, error, runAfter, createdAt } of jobs) {
    expect([status, error?.code]).toEqual(['queued', 'captioner-failed'])
    expect(error?.message).toContain('cannot be reached (ECONNREFUSED)')
    expect(Date.parse(runAfter ?? '')).toBeGreaterThan(Date.parse(createdAt))
  }

  const { body } = await ask<z.infer<typeof CaptionerList>>(world, 'GET', '/captioners')
  const states = Object.fromEntries(body.items.map(({ name, state }) => [name, state]))
  expect(states.quick).toMatchObject({ status: 'ok', until: null, lastError: null })
  expect(states.dead).toMatchObject({
    status: 'cooling',
    until: expect.any(String),
    failingSince: expect.any(String),
    lastError: {
      outcome: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
      at: expect.any(String),
    },
  })
  const health = await ask<Health>(world, 'GET', '/health')
  expect(health.body.ready).toBe(true)
  expect(health.body.checks.captioners).toMatchObject({
    ok: false,
    reason: expect.stringContaining(`dead is not asked until ${states.dead?.until}`),
  })
  const told = await until(async () => events.filter(({ type }) => type === 'captioner'))
  expect(told.map(({ data }) => data)).toContainEqual({ name: 'dead', state: states.dead })
})
