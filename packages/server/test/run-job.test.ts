import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { localCaller } from '../src/access/caller.ts'
import { findJobById } from '../src/db/jobs.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { AppError } from '../src/errors.ts'
import { defineJob, type JobDefinition } from '../src/jobs/define-job.ts'
import { runJob } from '../src/jobs/run-job.ts'
import { submitJob } from '../src/jobs/submit-job.ts'
import { openWorld, until, type World } from './world.ts'

/** A kind of job that is nothing but this file and its place in the list. */
const countWords = defineJob({
  kind: 'count-words',
  input: z.object({ text: z.string() }),
  result: z.object({ words: z.int() }),
  concurrency: () => 2,
  timeoutSeconds: 10,
  retryLimit: 2,
  async run({ input: { text }, progress }) {
    await progress(1)
    if (text === 'impossible') throw new AppError('unsupported-option', 'That cannot be counted.')
    return async () => ({ result: { words: text.split(' ').length } })
  },
})

const caller = localCaller('test')
let world: World
beforeAll(async () => {
  world = await openWorld({ jobs: [countWords as JobDefinition] })
})
afterAll(() => world.close())

const submit = (text: string) =>
  inTransaction(world.deps.db, (tx) =>
    submitJob(caller, world.deps, {
      tx,
      definition: countWords,
      submission: { input: { text }, name: null, priority: 0, total: 2 },
    }),
  )
const ended = (id: string) =>
  until(async () => {
    const row = await findJobById(world.deps.db, id)
    return row && ['done', 'failed'].includes(row.status) && row
  })

test('a new kind of job is run, with its input and result checked', async () => {
  const worker = await world.startWorker()
  const { id } = await submit('three small words')
  expect(await ended(id)).toMatchObject({
    status: 'done',
    actor: 'local',
    result: { words: 3 },
    progress_done: 2,
  })
  expect(await ended((await submit('impossible')).id)).toMatchObject({
    status: 'failed',
    attempts: 1,
    error_code: 'unsupported-option',
  })
  const response = await world.app.inject({ url: `/api/jobs/${id}` })
  expect(response.json()).toMatchObject({
    kind: 'other',
    work: 'count-words',
    result: { words: 3 },
  })
  await worker.stop()
})

test('a last attempt that could not even begin, since the database was away, leaves no job waiting for ever', async () => {
  const { deps } = world
  const { id } = await submit('a b')
  const delivery = await until(async () => (await deps.queue.fetch(countWords.kind, 1))[0])
  const away = new AppError('database-unavailable', 'The database is away.')
  let transactions = 0
  const db = new Proxy(deps.db, {
    get(target, name, receiver) {
      if (name === 'transaction' && transactions++ === 0) throw away
      const value = Reflect.get(target, name, receiver)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await runJob(countWords as JobDefinition, {
    deps: { ...deps, db },
    workerId: randomUUID(),
    delivery: { ...delivery, lastAttempt: true },
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
  })
  const worker = await world.startWorker()
  expect((await ended(id)).status).toBe('done') // the queue itself had attempts left
  await worker.stop()
})
