import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Captioner } from '@descry/captioners'
import { buildCaptioners, builtinCaptioner, checkBuiltin } from '@descry/captioners'
import { CaptionerList, CaptionResponse, Health } from '@descry/contract'
import { openCaptioner } from '@descry/ml'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askOnce } from '../../captioners/test/ask-once.ts'
import { writeTinyModel } from '../../ml/test/write-tiny-model.ts'
import { readConfig } from '../src/config.ts'
import { makeImage, openWorld, upload, type World } from './world.ts'

let folder: string
beforeEach(async () => {
  folder = await writeTinyModel(await mkdtemp(join(tmpdir(), 'descry-model-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const maxPixels = 1_000_000
const never = new AbortController().signal

async function caption(captioner: Captioner, signal = never) {
  const file = await makeImage()
  const input = { file, thumbnail: file, mediaType: 'image/png', width: 32, height: 24 }
  return askOnce(captioner, { ...input, style: 'concise' }, { signal })
}

describe('over HTTP', () => {
  let world: World
  let model: string
  beforeAll(async () => {
    model = await writeTinyModel(await mkdtemp(join(tmpdir(), 'descry-model-')))
    world = await openWorld({ env: { DESCRY_BUILTIN_MODEL: model }, captioners: 'configured' })
  })
  afterAll(async () => {
    await world.close()
    await rm(model, { recursive: true, force: true })
  })
  const post = async (fields = {}) => {
    const sent = upload(await makeImage(), fields)
    return world.app.inject({ method: 'POST', url: '/api/captions', ...sent })
  }

  test('the built-in model captions by default, with confidence and labels that stay', async () => {
    const { captions } = CaptionResponse.parse((await post()).json())
    expect(captions).toMatchObject([
      {
        text: expect.stringMatching(/^(?:grass|dog|runs)( (?:grass|dog|runs))*$/),
        captioner: 'builtin',
        modelVersion: expect.stringMatching(/^tiny-[0-9a-f]{12}$/),
        confidence: expect.any(Number),
      },
    ])
    const [{ id, labels }] = captions as [(typeof captions)[0]]
    expect(labels.map(({ name }) => name).sort()).toEqual(['ball', 'dog', 'grass'])
    expect(labels.map(({ probability }) => probability)).toEqual(
      labels.map(({ probability }) => probability).toSorted((a, b) => b - a),
    )
    const list = (await world.app.inject({ url: '/api/captions?fields=id,labels' })).json()
    expect(list.items).toContainEqual({ id, labels })
  })

  test('a style it cannot write is refused by name', async () => {
    const { error } = (await post({ styles: 'alt' })).json()
    expect(error).toMatchObject({
      code: 'unsupported-option',
      message: 'builtin cannot write alt captions, only concise. Choose basic.',
    })
  })

  test('it is listed as what it is: first, keeping pixels here, with its limits', async () => {
    const { items } = CaptionerList.parse((await world.app.inject('/api/captioners')).json())
    expect(items.map(({ name }) => name)).toEqual(['builtin', 'basic'])
    expect(items[0]).toMatchObject({ kind: 'builtin', isDefault: true, sendsPixelsTo: null })
    expect(items[0]?.description).toMatch(/CIDEr 0\.10\. It has learned nothing\.$/)
  })

  test('the server is well', async () => {
    const health = Health.parse((await world.app.inject('/api/health')).json())
    expect(health.checks.captioners).toEqual({ ok: true, reason: null })
  })
})

test('a damaged model is left out: health and doctor say so, and basic captions', async () => {
  const [graph = ''] = (await readdir(folder)).filter((name) => name.startsWith('encoder'))
  await truncate(join(folder, graph), 100)
  const world = await openWorld({
    env: { DESCRY_BUILTIN_MODEL: folder },
    captioners: 'configured',
  })
  const worker = await world.startWorker()
  const response = await world.app.inject('/api/health')
  const { ready, checks } = Health.parse(response.json())
  expect({ ready, status: response.statusCode }).toEqual({ ready: true, status: 200 })
  expect(checks.captioners).toEqual({
    ok: false,
    reason: expect.stringMatching(/left out: .*has 100 bytes instead.*DESCRY_BUILTIN_MODEL/),
  })
  const sent = upload(await makeImage())
  const made = await world.app.inject({ method: 'POST', url: '/api/captions', ...sent })
  expect(made.json().captions[0].captioner).toBe('basic')
  await worker.stop()
  await world.close()

  await expect(checkBuiltin(world.config)).rejects.toThrow(checks.captioners.reason ?? '')
})

test('the order is: configured server, built-in model, basic; none switches the model off', async () => {
  const names = async (env: Record<string, string>) => {
    const { captioners, leftOut } = await buildCaptioners(readConfig(env))
    expect(leftOut).toEqual([])
    return captioners.map(({ name }) => name)
  }
  const env = { DESCRY_BUILTIN_MODEL: folder, OPENAI_API_KEY: 'k', OPENAI_VISION_MODEL: 'm' }
  expect(await names(env)).toEqual(['openai:m', 'builtin', 'basic'])
  expect(await names({ DESCRY_BUILTIN_MODEL: 'none' })).toEqual(['basic'])
})

test('the doctor loads it and captions a picture', async () => {
  const config = readConfig({ DESCRY_BUILTIN_MODEL: folder })
  expect(await checkBuiltin(config)).toMatch(/^tiny-[0-9a-f]{12} captions; .* \d+ ms$/)
  expect(await checkBuiltin({ ...config, builtin: undefined })).toContain('switched off')
})

test('requests that come while another is captioned are captioned in one batch', async () => {
  const sizes: number[] = []
  const captioner = await builtinCaptioner({
    folder,
    maxPixels,
    async open() {
      const opened = await openCaptioner(folder)
      return {
        ...opened,
        caption(pictures) {
          sizes.push(pictures.length)
          return opened.caption(pictures)
        },
      }
    },
  })
  await caption(captioner)
  sizes.length = 0
  const outputs = await Promise.all(Array.from({ length: 8 }, () => caption(captioner)))
  await captioner.dispose?.()
  expect(outputs).toHaveLength(8)
  expect(Math.max(...sizes)).toBeGreaterThanOrEqual(2)
  expect(sizes.length).toBeLessThan(8)
})

test('a picture gives the same words alone and among others', async () => {
  const captioner = await builtinCaptioner({ folder, maxPixels })
  const file = await makeImage({ colour: '#3366aa' })
  const input = { file, thumbnail: file, mediaType: 'image/png', width: 32, height: 24 }
  const one = () => askOnce(captioner, { ...input, style: 'concise' }, { timeoutMs: 20_000 })
  const alone = await one()
  const together = await Promise.all([one(), one(), one(), one(), one()])
  await captioner.dispose?.()
  for (const { text, confidence } of together) {
    expect(text).toBe(alone.text)
    expect(confidence).toBeCloseTo(alone.confidence ?? 0, 3)
  }
})

test('no calibration, no confidence', async () => {
  const path = join(folder, 'model.json')
  const card = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...card, calibration: null }))
  const captioner = await builtinCaptioner({ folder, maxPixels })
  expect(await caption(captioner)).not.toHaveProperty('confidence')
  await captioner.dispose?.()
})

test('what stops it is a typed failure, and the next caption tries again', async () => {
  let broken = true
  const captioner = await builtinCaptioner({
    folder,
    maxPixels,
    open: () => openCaptioner(broken ? join(folder, 'nowhere') : folder),
  })
  await expect(caption(captioner)).rejects.toMatchObject({
    outcome: 'bad-request',
    message: expect.stringMatching(/^The built-in captioner failed: There is no .*nowhere/),
  })
  broken = false
  expect((await caption(captioner)).text).not.toBe('')
  await captioner.dispose?.()
})

test('a model that was exchanged under a running server is not taken for the old one', async () => {
  const open = () => openCaptioner(folder) // as later, when what was read at the start is forgotten
  const captioner = await builtinCaptioner({ folder, maxPixels, open })
  const path = join(folder, 'model.json')
  const card = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...card, name: 'other' }))
  await expect(caption(captioner)).rejects.toThrow(/another than when Descry started/)
})
