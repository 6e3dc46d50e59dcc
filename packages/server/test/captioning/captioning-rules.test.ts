import type { Captioner } from '@descry/captioners'
import {
  type CaptionResponse,
  type Estimate,
  FailureDetails,
  type Page,
  type SentImage,
} from '@descry/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeImage, openWorld, type World } from '../world.ts'
import {
  ask,
  caption as captionWith,
  clear,
  type Script,
  saveRules,
  setUp,
  startScripted,
} from './requests.ts'

const KEY = 'sk-own-key-of-the-request-42'
const down = { status: 500, body: { error: { message: 'The model crashed.' } } }

/** One whose pictures stay on this machine. */
const local: Captioner = {
  name: 'local',
  kind: 'builtin',
  description: 'for tests',
  styles: ['concise', 'alt'],
  takesInstructions: false,
  sees: true,
  parent: null,
  sendsPixelsTo: null,
  modelVersion: '1',
  caption: async () => ({ text: 'A dog, seen from nearby.' }),
}

describe('the rules of an organization', () => {
  const script: Script = {}
  let world: World
  let provider: Awaited<ReturnType<typeof startScripted>>
  beforeAll(async () => {
    provider = await startScripted(script)
    world = await openWorld({ captioners: [local] })
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

  const put = (name: string, settings: object = {}) =>
    setUp(world, provider.url, { name, ...settings })
  const caption = (
    fields: Record<string, string> = {},
    options?: Parameters<typeof captionWith>[2],
  ) => captionWith<CaptionResponse>(world, { styles: 'concise', ...fields }, options)
  const asked = (name: string) => provider.requestsOf(name).length
  const sentOf = async (imageId: string) => {
    const { body } = await ask<Page<SentImage>>(world, 'GET', '/sent-images?limit=100')
    return body.items.filter((item) => item.imageId === imageId)
  }
  const host = () => new URL(provider.url).host

  describe('privacy', () => {
    test('with this-machine hosted captioners are skipped and named, and nothing leaves', async () => {
      await put('hosted')
      await saveRules(world, { privacy: { pixels: 'this-machine' } })
      const { body } = await caption()
      expect(body.captions[0]).toMatchObject({ captioner: 'local' })
      expect(body.captions[0]?.trace?.steps[0]).toMatchObject({
        captioner: 'hosted',
        outcome: 'skipped',
        reason: expect.stringContaining(host()),
      })
      expect(asked('hosted')).toBe(0)
      expect(await sentOf(body.image.id)).toEqual([])
    })

    test('with this-machine a hosted one that is asked for by name is refused', async () => {
      await put('hosted')
      await saveRules(world, { privacy: { pixels: 'this-machine' } })
      const { status, error } = await caption({ captioner: 'hosted' })
      expect([status, error?.code]).toEqual([403, 'not-allowed-to-leave'])
      expect(error?.message).toContain(host())
      expect(asked('hosted')).toBe(0)
    })

    test('with these-captioners only those may be shown pictures, their other models too', async () => {
      Object.assign(script, { trusted: down })
      await put('other')
      await put('trusted', { models: ['big', 'small'] })
      await saveRules(world, { privacy: { pixels: 'these-captioners', captioners: ['trusted'] } })
      const { body } = await caption()
      const steps = body.captions[0]?.trace?.steps ?? []
      expect(new Set(steps.map(({ captioner, outcome }) => `${captioner}: ${outcome}`))).toEqual(
        new Set([
          'other: skipped',
          'trusted: unreachable',
          'trusted#small: unreachable',
          'local: done',
        ]),
      )
      expect(asked('other')).toBe(0)
      const { body: listed } = await ask<{ items: { name: string; mayBeAsked: boolean }[] }>(
        world,
        'GET',
        '/captioners',
      )
      const allowed = listed.items.filter(({ mayBeAsked }) => mayBeAsked).map(({ name }) => name)
      expect(allowed).toEqual(['trusted', 'local'])
    })

    test('each request that is sent has a row in the log, where it failed as well', async () => {
      Object.assign(script, { flaky: down })
      await put('flaky')
      const { body } = await caption()
      const rows = await sentOf(body.image.id)
      expect(asked('flaky')).toBe(4)
      expect(rows.map(({ captioner, host: to }) => [captioner, to])).toEqual(
        Array(4).fill(['flaky', host()]),
      )
    })

    test('what cannot be written into the log does not leave', async () => {
      await put('hosted')
      const { db } = world.deps
      await db.schema.alterTable('sent_images').renameTo('sent_images_away').execute()
      try {
        expect((await caption({ captioner: 'hosted' })).status).toBeGreaterThanOrEqual(500)
        expect(asked('hosted')).toBe(0)
      } finally {
        await db.schema.alterTable('sent_images_away').renameTo('sent_images').execute()
      }
      expect((await caption({ captioner: 'hosted' })).status).toBe(200)
    })
  })

  describe('budgets', () => {
    const price = { perImage: 0.01 }

    test.each([
      ['perRequest', { perRequest: 0.005 }],
      ['perMonth', { perMonth: 0.000001 }],
    ])('%s stops hard: nobody is asked', async (_name, budgets) => {
      await put('dear', { price })
      await put('cheap', { price: { perImage: 0.000001 } })
      await saveRules(world, { budgets })
      const { status, error } = await caption()
      expect([status, error?.code]).toEqual([402, 'over-budget'])
      expect(error?.message).toContain('$0.01')
      expect(asked('dear') + asked('cheap')).toBe(0)
    })

    test('a request cannot allow itself more than the rules do', async () => {
      await put('dear', { price })
      await saveRules(world, { budgets: { perRequest: 0.005 } })
      const { status, error } = await caption({ budget: '1000' })
      expect([status, error?.code]).toEqual([402, 'over-budget'])
    })

    test('the styles of a request share its budget', async () => {
      await put('dear', { price })
      const { status, body } = await caption({ styles: 'concise,creative', budget: '0.015' })
      expect(status).toBe(200) // what was paid for is given
      expect(body.captions.map(({ style }) => style)).toEqual(['concise'])
      expect(body.missing).toEqual([
        { style: 'creative', reason: expect.stringContaining('budget of this request') },
      ])
      expect(asked('dear')).toBe(1)
      expect((await caption({ styles: 'concise,creative', budget: '0.02' })).status).toBe(200)
    })

    test('a month counts what was spent before', async () => {
      await put('metered', { price: { perImage: 1 } })
      await saveRules(world, { budgets: {} })
      const spend = () => caption({ captioner: 'metered' })
      expect((await spend()).body.captions[0]?.trace?.cost).toBe(1)
      await saveRules(world, { budgets: { perMonth: 2.5 } })
      expect((await spend()).status).toBe(200)
      expect((await spend()).status).toBe(402)
      expect(asked('metered')).toBe(2)
    })
  })

  describe('the own key of a request', () => {
    const headers = { 'x-captioner-key': KEY }

    test('goes to the provider once, and nowhere else', async () => {
      await put('hosted', { key: 'sk-the-stored-key-0001', price: { perImage: 1 } })
      const { body, text } = await caption({}, { headers })
      await caption()
      expect(provider.requestsOf('hosted').map(({ headers }) => headers.authorization)).toEqual([
        `Bearer ${KEY}`,
        'Bearer sk-the-stored-key-0001',
      ])
      expect(body.captions[0]?.trace?.cost).toBe(0)
      expect(text).not.toContain(KEY)
      expect(world.logged.join('')).not.toContain(KEY)
      const { items } = (await ask<Page<object>>(world, 'GET', '/captions')).body
      expect(JSON.stringify(items)).not.toContain(KEY)
    })

    test('is shown to the first step only', async () => {
      Object.assign(script, { first: down })
      await put('first')
      await put('second')
      await caption({}, { headers })
      expect(provider.requestsOf('second')[0]?.headers.authorization).toBeUndefined()
    })

    test('is in no error, where the provider repeats it', async () => {
      script.rude = { status: 401, body: { error: { message: `Bad key ${KEY}` } } }
      await put('rude')
      const { status, text, error } = await caption({ captioner: 'rude' }, { headers })
      expect([status, error?.code]).toEqual([502, 'captioner-refused'])
      expect(FailureDetails.parse(error?.details).trace.steps[0]?.outcome).toBe('bad-key')
      expect(text).not.toContain(KEY)
      expect(world.logged.join('')).not.toContain(KEY)
    })

    test('is refused for a job, which would have to store it', async () => {
      await put('hosted')
      const { status, error } = await caption({}, { headers, url: '/api/jobs/captions' })
      expect([status, error?.code]).toEqual([400, 'unsupported-option'])
    })

    test('is refused where nobody would use it', async () => {
      const { status, error } = await caption({ captioner: 'local' }, { headers })
      expect([status, error?.code]).toEqual([400, 'unsupported-option'])
      expect(error?.message).toContain('x-captioner-key')
    })
  })

  describe('estimates', () => {
    const estimate = (wish: object) => ask<Estimate>(world, 'POST', '/estimates', wish)

    test('of a captioner with a price are a range, and seconds are known once it was asked', async () => {
      const prices = { inputPerMillion: 1, outputPerMillion: 2, perImage: 0.001 }
      await put('priced', { price: prices, limits: { perMinute: 10 } })
      const { body } = await estimate({ images: 1000, styles: ['concise', 'alt'] })
      expect(body.captioner).toBe('priced')
      expect(body.dollars.low).toBeGreaterThan(2)
      expect(body.dollars.high).toBeGreaterThan(body.dollars.low)
      expect(body.seconds).toBeNull()
      await caption({}, { image: await makeImage() })
      const again = await estimate({ images: 1000, styles: ['concise', 'alt'] })
      expect(again.body.seconds?.low).toBeGreaterThanOrEqual(199 * 60)
    })

    test('of one that is free are nothing', async () => {
      const { body } = await estimate({ images: 10, captioner: 'local', styles: ['alt'] })
      expect(body).toMatchObject({ captioner: 'local', dollars: { low: 0, high: 0 } })
    })

    test('of an unknown captioner are refused', async () => {
      expect((await estimate({ images: 10, captioner: 'nobody' })).status).toBe(400)
    })
  })
})
