import { setTimeout as sleep } from 'node:timers/promises'
import type { CaptionInput } from '@descry/captioners'
import { type Caption, CaptionResponse, type Page } from '@descry/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeImage, openWorld, upload, type World } from './world.ts'

describe('captions', () => {
  let world: World
  let asked = 0
  let answersAfter = 0
  const given: CaptionInput[] = []
  beforeAll(async () => {
    world = await openWorld({
      captioner: {
        styles: ['concise', 'alt'],
        async caption(input) {
          asked++
          await sleep(answersAfter)
          given.push(input)
          const { style } = input
          return { text: `a dog (${style})`, confidence: 0.75 }
        },
      },
    })
  })
  afterAll(() => world.close())

  const caption = async (image: Uint8Array, fields: Record<string, string> = {}) => {
    const response = await world.app.inject({
      method: 'POST',
      url: '/api/captions',
      ...upload(image, fields),
    })
    expect(response.statusCode, response.body).toBe(200)
    return CaptionResponse.parse(response.json())
  }

  test('an uploaded image comes back with its caption', async () => {
    const { image, captions } = await caption(await makeImage({ width: 40, height: 30 }))
    expect(image).toMatchObject({ width: 40, height: 30, mediaType: 'image/png' })
    expect(captions).toMatchObject([
      {
        text: 'a dog (concise)',
        style: 'concise',
        captioner: 'fake',
        confidence: 0.75,
        reused: false,
      },
    ])
  })

  test('one caption comes back for each style, in their order', async () => {
    const { captions } = await caption(await makeImage(), { styles: 'alt,concise' })
    expect(captions.map(({ style }) => style)).toEqual(['alt', 'concise'])
  })

  test('the same image, captioner and style are captioned once', async () => {
    const image = await makeImage()
    const first = await caption(image)
    const before = asked
    const second = await caption(image)
    expect(asked).toBe(before)
    expect(second.captions[0]).toMatchObject({ id: first.captions[0]?.id, reused: true })
  })

  test('asked for afresh, a new caption supersedes the old one, which stays', async () => {
    const image = await makeImage()
    const first = await caption(image)
    const second = await caption(image, { fresh: 'true' })
    expect(second.captions[0]?.supersedes).toBe(first.captions[0]?.id)
    const list = await world.app.inject({ url: `/api/captions?imageId=${first.image.id}` })
    expect(list.json().items).toHaveLength(2)
  })

  test('two who ask at the same moment get the same caption, stored once', async () => {
    const image = await makeImage()
    const answers = await Promise.all([caption(image), caption(image), caption(image)])
    const ids = new Set(answers.map(({ captions }) => captions[0]?.id))
    expect(ids.size).toBe(1)
    // Only one of them asked; it did not reuse what it paid for, whoever stored it first.
    const reused = answers.map(({ captions }) => captions[0]?.reused)
    expect(reused.toSorted()).toEqual([false, true, true])
  })

  test('ten who ask at once, in requests and jobs, ask the captioner once', async () => {
    const image = await makeImage()
    const before = asked
    const submit = async () =>
      world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...upload(image) })
    answersAfter = 100
    const worker = await world.startWorker()
    const jobs = Promise.all(Array.from({ length: 5 }, submit))
    const requests = Promise.all(Array.from({ length: 5 }, () => caption(image)))
    const ids = (await requests).map(({ captions }) => captions[0]?.id)
    await jobs
    answersAfter = 0
    await vi.waitFor(
      async () => {
        const { items } = (await world.app.inject({ url: '/api/jobs?limit=5' })).json()
        for (const { status } of items) expect(status).toBe('done')
      },
      { timeout: 20_000 },
    )
    await worker.stop()
    expect(new Set(ids).size).toBe(1)
    expect(asked - before).toBe(1)
  })

  test('styles asked for in opposite orders at once do not block each other', async () => {
    for (let round = 0; round < 5; round++) {
      const image = await makeImage()
      const orders = ['alt,concise', 'concise,alt', 'alt,concise', 'concise,alt']
      await Promise.all(orders.map((styles) => caption(image, { styles, fresh: 'true' })))
    }
  })

  test('the same pixels in another container are the same image', async () => {
    const png = await makeImage()
    const webp = await sharp(png).webp({ lossless: true }).toBuffer()
    const [first, second] = [await caption(png), await caption(webp)]
    expect(second.image).toEqual(first.image)
  })

  test('the captioner is told the media type of the bytes it gets, whichever came first', async () => {
    const png = await makeImage()
    const webp = await sharp(png).webp({ lossless: true }).toBuffer()
    await caption(png)
    await caption(webp, { fresh: 'true' })
    expect(given.at(-1)?.mediaType).toBe('image/png')
    expect((await sharp(given.at(-1)?.file).metadata()).format).toBe('png')
  })

  test('JSON with base64 or a data URL does the same as an upload', async () => {
    const image = await makeImage()
    for (const data of [
      image.toString('base64'),
      `data:image/png;base64,${image.toString('base64')}`,
    ]) {
      const response = await world.app.inject({
        method: 'POST',
        url: '/api/captions',
        payload: { data },
      })
      expect(response.statusCode, response.body).toBe(200)
    }
  })

  test.each([
    ['no image', {}],
    ['both url and data', { url: 'http://example.com/a.png', data: 'aGk=' }],
    ['an option that does not exist', { data: 'aGk=', magic: true }],
    ['a style that does not exist', { data: 'aGk=', styles: ['rude'] }],
    ['a style named twice', { data: 'aGk=', styles: ['alt', 'alt'] }],
    ['data that is no base64', { data: '<img>' }],
    ['a captioner that does not exist', { data: 'aGk=', captioner: 'nobody' }],
  ])('%s is refused', async (_case, payload) => {
    const response = await world.app.inject({ method: 'POST', url: '/api/captions', payload })
    expect(response.json().error.requestId).toBe(response.headers['x-request-id'])
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(response.statusCode).toBeLessThan(500)
  })

  test('a style the captioner cannot write is refused, not ignored', async () => {
    const { headers, payload } = upload(await makeImage(), { styles: 'training' })
    const response = await world.app.inject({
      method: 'POST',
      url: '/api/captions',
      headers,
      payload,
    })
    expect(response.json().error).toMatchObject({ code: 'unsupported-option' })
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'unsupported-image'],
    ['a text', Buffer.from('hello '.repeat(100)), 'unsupported-image'],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'.padEnd(200)),
      'unsupported-image',
    ],
    [
      'half a PNG',
      () => makeImage({ width: 300, height: 300 }).then((png) => png.subarray(0, 200)),
      'corrupt-image',
    ],
    ['11 MB of nothing', Buffer.alloc(11e6, 1), 'unsupported-image'],
    [
      '11 MB of JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(11e6)]),
      'image-too-large',
    ],
  ])('%s gets a typed error', async (_case, file, code) => {
    const bytes = typeof file === 'function' ? await file() : file
    const response = await world.app.inject({
      method: 'POST',
      url: '/api/captions',
      ...upload(bytes),
    })
    expect(response.json().error, response.body).toMatchObject({ code })
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(response.statusCode).toBeLessThan(500)
  })

  test('the history pages newest first without gap or repetition, and picks fields', async () => {
    for (let i = 0; i < 5; i++) await caption(await makeImage())
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const url: string = `/api/captions?limit=2&fields=id,text${cursor && `&cursor=${cursor}`}`
      const page: Page<Caption> = (await world.app.inject({ url })).json()
      for (const item of page.items) expect(Object.keys(item)).toEqual(['id', 'text'])
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
    expect(seen.length).toBeGreaterThanOrEqual(5)
  })

  test('the history is searched by words and their beginnings', async () => {
    await caption(await makeImage(), { styles: 'alt' })
    const find = async (search: string) =>
      (await world.app.inject({ url: `/api/captions?search=${encodeURIComponent(search)}` })).json()
        .items
    expect((await find('alt do')).length).toBeGreaterThan(0)
    expect(await find('zebra')).toEqual([])
    expect(await find("'); drop table")).toEqual([])
    expect(await find('!!!')).toEqual([])
  })

  test('a malformed cursor is a mistake of the caller', async () => {
    const response = await world.app.inject({ url: '/api/captions?cursor=abc' })
    expect(response.statusCode).toBe(400)
  })
})
