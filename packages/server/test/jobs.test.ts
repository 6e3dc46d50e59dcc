import { randomUUID } from 'node:crypto'
import { CaptionerFailure } from '@descry/captioners'
import type { CaptionJob, Job, Trace } from '@descry/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Worker } from '../src/worker/start-worker.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

describe('jobs', () => {
  let world: World
  let worker: Worker
  let caption: (signal: AbortSignal) => Promise<{ text: string }>
  beforeAll(async () => {
    world = await openWorld({ captioner: { caption: (_input, signal) => caption(signal) } })
    worker = await world.startWorker()
  })
  afterAll(async () => {
    await worker.stop()
    await world.close()
  })

  const submit = async (fields: Record<string, string> = {}): Promise<CaptionJob> => {
    const body = upload(await makeImage(), fields)
    const response = await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })
    expect(response.statusCode, response.body).toBe(202)
    expect(response.headers.location).toBe(`/api/jobs/${response.json().id}`)
    return response.json()
  }
  const read = async (id: string): Promise<CaptionJob> =>
    (await world.app.inject({ url: `/api/jobs/${id}` })).json()
  const ended = (id: string, status: Job['status'], timeoutMs = 20_000) =>
    until(async () => ((await read(id)).status === status ? read(id) : undefined), { timeoutMs })
  const post = (url: string) => world.app.inject({ method: 'POST', url })

  test('a submitted job is queued, then done, and gives its captions', async () => {
    caption = async () => ({ text: 'a dog on a beach' })
    const { id, status } = await submit({ styles: 'concise,alt' })
    expect(status).toBe('queued')
    const done = await ended(id, 'done')
    expect(done).toMatchObject({ attempts: 1, progress: { done: 2, total: 2 }, error: null })
    const result = (await world.app.inject({ url: `/api/jobs/${id}/result` })).json()
    expect(result.captions).toMatchObject([
      { jobId: id, text: 'a dog on a beach', style: 'concise' },
      { jobId: id, text: 'a dog on a beach', style: 'alt' },
    ])
  })

  test('an idle worker starts a new job when it is told of it, without waiting for its next look', async () => {
    caption = async () => ({ text: 'quick' })
    await ended((await submit()).id, 'done')
    const real = setTimeout
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((act, ms) => real(act, ms === 2000 ? 1e9 : ms)) // no looks of its own
    // The look that was due before may start one of these, but no more.
    for (let i = 0; i < 5; i++) await ended((await submit()).id, 'done')
    timers.mockRestore()
  })

  test('a failure that may pass is tried again by the chain, and only there', async () => {
    let calls = 0
    caption = async () => {
      if (++calls === 1) throw new CaptionerFailure('unreachable', 'The model is loading.')
      return { text: 'at last' }
    }
    const { id } = await submit()
    const { captionIds, ...job } = await ended(id, 'done')
    expect(job).toMatchObject({ attempts: 1, error: null, interruptions: 0 })
    const result = await world.app.inject({ url: `/api/jobs/${id}/result` })
    const { steps } = result.json().captions[0].trace as Trace
    expect(steps.map(({ outcome }) => outcome)).toEqual(['unreachable', 'done'])
    expect(captionIds).toHaveLength(1)
  })

  test('a failure that will not pass is not tried again, and can be re-driven', async () => {
    caption = async () => {
      throw new CaptionerFailure('bad-key', 'The model answered 401.')
    }
    const { id } = await submit()
    const failed = await ended(id, 'failed')
    expect(failed).toMatchObject({
      attempts: 1,
      error: { code: 'captioner-refused', message: 'The model answered 401.' },
    })
    caption = async () => ({ text: 'now it works' })
    expect((await post(`/api/jobs/${id}/retry`)).statusCode).toBe(200)
    expect(await ended(id, 'done')).toMatchObject({ attempts: 2, error: null })
  })

  test('an empty answer is a failure, never a caption', async () => {
    caption = async () => ({ text: '   ' })
    const { id, imageId } = await submit()
    await until(async () => (await read(id)).error?.code === 'captioner-failed')
    await post(`/api/jobs/${id}/cancel`)
    const list = (await world.app.inject({ url: `/api/captions?imageId=${imageId}` })).json()
    expect(list.items).toEqual([])
  })

  test('a bug in a captioner fails the job without telling its secrets', async () => {
    caption = async () => {
      throw new Error('password is hunter2')
    }
    const { id } = await submit()
    const job = await until(async () => ((await read(id)).error ? read(id) : undefined))
    expect(job.error).toMatchObject({ code: 'captioner-failed' })
    expect(JSON.stringify(job)).not.toContain('hunter2')
    await post(`/api/jobs/${id}/cancel`)
  })

  test('canceling a running job stops the captioner and stores nothing', async () => {
    let asked = false
    let stopped = false
    caption = (signal) =>
      new Promise((_resolve, reject) => {
        asked = true
        signal.addEventListener('abort', () => {
          stopped = true
          reject(signal.reason)
        })
      })
    const { id } = await submit()
    await until(async () => asked)
    expect((await post(`/api/jobs/${id}/cancel`)).json()).toMatchObject({ status: 'canceled' })
    await until(async () => stopped)
    expect(await read(id)).toMatchObject({ status: 'canceled', captionIds: [] })
    const result = await world.app.inject({ url: `/api/jobs/${id}/result` })
    expect(result.json().error.code).toBe('conflict')
  })

  test('what is left of a canceled attempt cannot fail the job that was retried since', async () => {
    const attempts: (() => void)[] = []
    caption = () =>
      new Promise((resolve, reject) => {
        if (attempts.length > 0) resolve({ text: 'the second attempt' })
        attempts.push(() => reject(new CaptionerFailure('bad-key', 'the first attempt')))
      })
    const { id } = await submit()
    await until(async () => attempts.length === 1)
    await post(`/api/jobs/${id}/cancel`)
    await post(`/api/jobs/${id}/retry`)
    attempts[0]?.()
    expect(await ended(id, 'done')).toMatchObject({ error: null })
  })

  test('text that the database cannot keep is mended, not paid for again and again', async () => {
    caption = async () => ({ text: 'a dog\0 \ud800' })
    const { id } = await submit()
    expect(await ended(id, 'done')).toMatchObject({ attempts: 1 })
  })

  test('higher priorities go first', async () => {
    const order: string[] = []
    const open: (() => void)[] = []
    caption = () =>
      new Promise((resolve) => open.push(() => resolve({ text: 'in the way of others' })))
    const blockers = await Promise.all(
      Array.from({ length: world.config.worker.concurrency }, () => submit()),
    )
    await until(async () => open.length === blockers.length)
    const low = await submit({ priority: '-5' })
    const high = await submit({ priority: '5' })
    caption = async () => ({ text: 'in order' })
    const stop = world.deps.events.subscribe('all', (event) => {
      if (event.type === 'job' && event.data.status === 'processing') order.push(event.data.id)
    })
    open.pop()?.() // one place, so that one job comes after the other
    await Promise.all([ended(low.id, 'done'), ended(high.id, 'done')])
    await until(async () => order.includes(low.id) && order.includes(high.id))
    stop()
    expect(order.indexOf(high.id)).toBeLessThan(order.indexOf(low.id))
    for (const end of open) end()
    await Promise.all(blockers.map(({ id }) => ended(id, 'done')))
  })

  test('a stop returns what takes too long, and the next worker finishes it', async () => {
    caption = (signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
    let asked = false
    const hang = caption
    caption = (signal) => {
      asked = true
      return hang(signal)
    }
    const { id } = await submit()
    await until(async () => asked)
    await worker.stop()
    expect(await read(id)).toMatchObject({ status: 'queued', interruptions: 0 })
    caption = async () => ({ text: 'second wind' })
    worker = await world.startWorker()
    expect(await ended(id, 'done')).toMatchObject({ attempts: 2 })
  })

  test('a job whose row cannot be written is not queued either', async () => {
    const { db, queue } = world.deps
    const id = randomUUID()
    const before = await countDeliveries()
    const work = world.deps.db.transaction().execute(async (tx) => {
      await queue.send(tx, [{ kind: 'caption', jobId: id, deliveryId: id, priority: 0 }])
      throw new Error('the row was refused')
    })
    await expect(work).rejects.toThrow('the row was refused')
    expect(await countDeliveries()).toEqual(before)

    async function countDeliveries(): Promise<unknown> {
      const { rows } = await sql`select count(*)::int as count from pgboss.job`.execute(db)
      return rows[0]
    }
  })

  test('a job that is sent twice with one Idempotency-Key is one job, also at the same moment', async () => {
    let calls = 0
    caption = async () => ({ text: `caption ${++calls}` })
    const body = upload(await makeImage(), { styles: 'concise' })
    const send = (key: string, form = body) =>
      world.app.inject({
        ...{ method: 'POST', url: '/api/jobs/captions', payload: form.payload },
        headers: { ...form.headers, 'idempotency-key': key },
      })
    const key = randomUUID()
    const answers = await Promise.all([send(key), send(key), send(key)])
    const ids = answers.map((answer) => answer.json().id)
    expect(new Set(ids).size, answers[0]?.body).toBe(1)
    await ended(ids[0], 'done')
    expect((await send(key)).json()).toMatchObject({ id: ids[0], status: 'done' })
    expect(calls).toBe(1)
    const other = upload(await makeImage(), { styles: 'concise' })
    expect((await send(key, other)).json().error).toMatchObject({ code: 'conflict' })
    expect((await send(randomUUID())).json().id).not.toBe(ids[0])
    expect((await send('not a key')).json().error.code).toBe('invalid-input')
  })

  test.each([
    ['canceling a finished job', 'done', 'cancel'],
    ['retrying a finished job', 'done', 'retry'],
  ])('%s is a conflict', async (_case, _status, verb) => {
    caption = async () => ({ text: 'done' })
    const { id } = await submit()
    await ended(id, 'done')
    expect((await post(`/api/jobs/${id}/${verb}`)).statusCode).toBe(409)
  })

  test('a job nobody knows is not found', async () => {
    for (const path of ['', '/result']) {
      const response = await world.app.inject({ url: `/api/jobs/${randomUUID()}${path}` })
      expect(response.statusCode).toBe(404)
    }
    expect((await post(`/api/jobs/${randomUUID()}/cancel`)).statusCode).toBe(404)
    expect((await world.app.inject({ url: '/api/jobs/7' })).statusCode).toBe(400)
  })

  test('an unfinished job has no result yet', async () => {
    caption = (signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
    const { id } = await submit()
    const response = await world.app.inject({ url: `/api/jobs/${id}/result` })
    expect(response.json().error.code).toBe('job-unfinished')
    expect(response.headers['retry-after']).toBe('1')
    await post(`/api/jobs/${id}/cancel`)
  })
})
