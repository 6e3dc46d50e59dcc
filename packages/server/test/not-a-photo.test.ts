import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtinCaptioner, checkBuiltin } from '@descry/captioners'
import type { CaptionJob } from '@descry/contract'
import { ModelError } from '@descry/ml'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scripted } from '../../captioners/test/chain/scripted-captioner.ts'
import { chainInMemory } from '../../captioners/test/chain/wish.ts'
import { writeTinyModel } from '../../ml/test/write-tiny-model.ts'
import { localCaller } from '../src/access/caller.ts'
import { tryCaptioner } from '../src/captioners/try-captioner.ts'
import { recipeOf } from '../src/captions/recipe.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

/** Takes one even colour for no photo, and noise for one. */
let model: string
let world: World
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'descry-photos-'))
  model = await writeTinyModel(folder, { photosOnly: true })
  world = await openWorld({ env: { DESCRY_BUILTIN_MODEL: model }, captioners: 'configured' })
})
afterAll(async () => {
  await world.close()
  await rm(model, { recursive: true, force: true })
})

const noise = () =>
  sharp(randomBytes(48 * 48 * 3), { raw: { width: 48, height: 48, channels: 3 } })
    .png()
    .toBuffer()

const post = (image: Buffer, fields = {}) =>
  world.app.inject({ method: 'POST', url: '/api/captions', ...upload(image, fields) })

const turnedDown = {
  code: 'not-a-photo',
  message:
    'This looks like a drawing, diagram or screenshot. The built-in captioner learned from photos ' +
    'only; use another captioner, or force it to caption this one anyway.',
}

test('what is no photo fails with words of its own, and a photo is captioned', async () => {
  const response = await post(await makeImage())
  expect(response.statusCode).toBe(422)
  expect(response.json().error).toMatchObject({
    ...turnedDown,
    details: { outcome: 'not-a-photo', trace: { steps: [{ outcome: 'not-a-photo', attempt: 1 }] } },
  })
  expect((await post(await noise())).statusCode).toBe(200)
})

test('a forced caption has its labels and its confidence, and is not taken for another', async () => {
  const image = await makeImage()
  const forced = await post(image, { force: 'true' })
  expect(forced.json().captions).toMatchObject([
    { captioner: 'builtin', confidence: expect.any(Number), reused: false },
  ])
  expect(forced.json().captions[0].labels).toHaveLength(3)
  expect((await post(image)).json().error.code).toBe('not-a-photo')
  expect((await post(image, { force: 'true' })).json().captions[0].reused).toBe(true)
})

test('in JSON `force` is a boolean, and nothing else', async () => {
  const data = (await makeImage()).toString('base64')
  const ask = (force: unknown) =>
    world.app.inject({ method: 'POST', url: '/api/captions', payload: { data, force } })
  expect((await ask(true)).statusCode).toBe(200)
  expect((await ask('yes')).json().error.code).toBe('invalid-input')
  expect((await ask(false)).json().error.code).toBe('not-a-photo')
})

test('a job fails once, with the same words, and is captioned when it is retried with force', async () => {
  const worker = await world.startWorker()
  const body = upload(await makeImage())
  const sent = await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })
  const { id } = sent.json<CaptionJob>()
  const ended = (status: CaptionJob['status']) =>
    until(async () => {
      const job = (await world.app.inject(`/api/jobs/${id}`)).json<CaptionJob>()
      return job.status === status ? job : undefined
    })
  expect(await ended('failed')).toMatchObject({ attempts: 1, error: turnedDown })

  const retry = (payload?: object) =>
    world.app.inject({ method: 'POST', url: `/api/jobs/${id}/retry`, ...(payload && { payload }) })
  expect((await retry({ force: false })).json().error.code).toBe('invalid-input')
  expect((await retry()).json().options.force).toBeUndefined()
  await ended('failed')
  expect((await retry({ force: true })).json()).toMatchObject({ options: { force: true } })
  expect((await ended('done')).captionIds).toHaveLength(1)
  await worker.stop()
})

test('a chain goes on to its next captioner, and the one that turned it down is asked again', async () => {
  const captioner = await builtinCaptioner({ folder: model, maxPixels: 1_000_000 })
  const chain = chainInMemory({ failures: 2 })
  const steps = [captioner, scripted('next', 'a plan of a house')]
  const wish = { file: await makeImage(), mediaType: 'image/png' }
  for (let i = 0; i < 4; i++) {
    const { output, trace } = await chain.ask(steps, { wish })
    expect(output.text).toBe('a plan of a house')
    expect(trace.steps.map(({ outcome }) => outcome)).toEqual(['not-a-photo', 'done'])
  }
  const forced = await chain.ask(steps, { wish: { ...wish, force: true } })
  expect(forced.captioner).toBe(captioner)
  await captioner.dispose?.()
})

test('doctor and the test of a captioner use a drawing of ours, and force it', async () => {
  expect(await checkBuiltin(world.config)).toContain('captions')
  const settings = { kind: 'model', name: 'mine', folder: model } as const
  const setup = { settings: { ...settings }, key: null }
  const signal = new AbortController().signal
  const tried = await tryCaptioner(localCaller('test'), world.deps, setup, signal)
  expect(tried).toMatchObject({ outcome: null, text: expect.any(String) })
})

test('only the recipe of a captioner that turns pictures down knows of force', () => {
  const settings = { style: 'concise', prompt: '', sampling: {} } as const
  const forced = { ...settings, force: true }
  const anything = scripted('anything', 'a dog')
  expect(recipeOf(anything, forced)).toBe(recipeOf(anything, settings))
  const photosOnly = { ...anything, photosOnly: true }
  expect(recipeOf(photosOnly, forced)).not.toBe(recipeOf(photosOnly, settings))
  expect(recipeOf(photosOnly, settings)).toBe(recipeOf(anything, settings))
})

test('a score that was fitted to another model is named before anything is captioned', async () => {
  const folder = await writeTinyModel(await mkdtemp(join(tmpdir(), 'descry-photos-')), {
    photosOnly: true,
  })
  const path = join(folder, 'model.json')
  const card = JSON.parse(await readFile(path, 'utf8'))
  card.photo.weights.pop()
  await writeFile(path, JSON.stringify(card))
  const built = builtinCaptioner({ folder, maxPixels: 1_000_000 })
  await expect(built).rejects.toBeInstanceOf(ModelError)
  await expect(built).rejects.toThrow(/22 weights for 23 features.*npm run fit:photo/)
  await rm(folder, { recursive: true, force: true })
})
