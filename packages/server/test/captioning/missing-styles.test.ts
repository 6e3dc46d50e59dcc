import type { CaptionJob, CaptionResponse } from '@descry/contract'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fakeCaptioner, openWorld, until, type World } from '../world.ts'
import { ask, caption, clear, type Script, saveRules, setUp, startScripted } from './requests.ts'

const down = { status: 500, body: { error: { message: 'The model crashed.' } } }

/** One that stays on this machine and writes sentences only. */
const plain = fakeCaptioner({
  name: 'plain',
  kind: 'builtin',
  styles: ['concise'],
  takesInstructions: false,
  caption: async () => ({ text: 'A dog, seen from nearby.' }),
})

const script: Script = {}
let world: World
let provider: Awaited<ReturnType<typeof startScripted>>
beforeAll(async () => {
  provider = await startScripted(script)
  world = await openWorld({ captioners: [plain] })
})
afterEach(async () => {
  await clear(world)
  for (const name of Object.keys(script)) delete script[name]
  provider.requests.length = 0
})
afterAll(async () => {
  await world.close()
  await provider.close()
})

async function chainOf(...names: string[]) {
  for (const name of names) {
    if (name !== 'plain') await setUp(world, provider.url, { name })
  }
  await saveRules(world, { chain: { steps: names.map((captioner) => ({ captioner })) } })
}

const request = (fields: Record<string, string> = {}) => caption<CaptionResponse>(world, fields)

test('where the first captioner is dead, what the second can write is there, and the rest is named', async () => {
  script.poet = down
  await chainOf('poet', 'plain')
  const { status, body } = await request()
  expect(status).toBe(200)
  expect(body.captions.map(({ style, captioner }) => [style, captioner])).toEqual([
    ['concise', 'plain'],
  ])
  expect(body.missing).toEqual([
    { style: 'creative', reason: expect.stringContaining('The model crashed') },
  ])
})

test('nothing is missing where all are written', async () => {
  script.poet = 'Sand flies as a dog races.'
  await chainOf('poet', 'plain')
  expect((await request()).body).toMatchObject({ captions: [{}, {}], missing: [] })
})

test('a style that nobody writes is left out, beside one that somebody does', async () => {
  await chainOf('plain')
  const { status, body } = await request({ styles: 'alt,concise' })
  expect(status).toBe(200)
  expect(body.captions.map(({ style }) => style)).toEqual(['concise'])
  expect(body.missing).toEqual([
    { style: 'alt', reason: 'No captioner that would be asked writes alt captions.' },
  ])
})

test('only nothing at all is an error, and it is told as before', async () => {
  script.poet = down
  await chainOf('poet')
  const { status, error } = await request()
  expect([status, error?.code]).toEqual([502, 'captioner-failed'])
})

test('those who just failed are not asked for the next style as well', async () => {
  script.poet = { status: 401, body: { error: { message: 'A wrong key.' } } }
  await chainOf('poet', 'plain')
  const { body } = await request({ styles: 'creative,training,concise' })
  expect(body.missing.map(({ style }) => style)).toEqual(['creative', 'training'])
  expect(provider.requestsOf('poet')).toHaveLength(2) // for creative and, with the other one, for concise
})

test('a job is done with what there is, and says what is missing', async () => {
  script.poet = down
  await chainOf('poet', 'plain')
  const worker = await world.startWorker()
  const { body } = await caption<CaptionJob>(world, {}, { url: '/api/jobs/captions' })
  const job = await until(async () => {
    const read = await ask<CaptionJob>(world, 'GET', `/jobs/${body.id}`)
    return read.body.status === 'done' && read.body
  })
  await worker.stop()
  const missing = [{ style: 'creative', reason: expect.stringContaining('The model crashed') }]
  expect(job).toMatchObject({ progress: { done: 2, failed: 0, total: 2 }, missing })
  expect(job).not.toHaveProperty('reusedIds')
  const result = await ask<CaptionResponse>(world, 'GET', `/jobs/${body.id}/result`)
  expect(result.body).toMatchObject({ captions: [{ style: 'concise' }], missing })
})

test('a job waits for the limit of a captioner that wrote its other captions', async () => {
  script.poet = 'A dog runs on a beach.'
  await setUp(world, provider.url, { name: 'poet', limits: { perDay: 1 } })
  await saveRules(world, { chain: { steps: [{ captioner: 'poet' }] } })
  const worker = await world.startWorker()
  const { body } = await caption<CaptionJob>(world, {}, { url: '/api/jobs/captions' })
  const job = await until(async () => {
    const read = await ask<CaptionJob>(world, 'GET', `/jobs/${body.id}`)
    return read.body.runAfter !== null && read.body
  })
  await worker.stop()
  expect(job).toMatchObject({ status: 'queued', error: { code: 'rate-limited' } })
})
