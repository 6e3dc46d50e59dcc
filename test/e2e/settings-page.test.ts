import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findBarriers } from './find-barriers.ts'
import { pickImages } from './give-images.ts'
import { makeImage } from './make-image.ts'
import { connectBrowser, type OpenedPage, openPage } from './open-page.ts'
import { type RunningServer, startServer } from './start-server.ts'

const TIMEOUT = 90_000
const parts = [
  'captioners',
  'captioners&add=choose',
  'captioners&add=bedrock',
  'captioners&edit=ollama',
  'chain',
  'privacy',
  'prompts',
  'prompts&add=prompt',
]

const themes = [
  ['light', 'everything'],
  ['dark', 'contrast'],
] as const

let server: RunningServer
let provider: Awaited<ReturnType<typeof startProvider>>
let browser: Browser
let opened: OpenedPage

beforeAll(async () => {
  ;[server, provider, browser] = await Promise.all([
    startServer(),
    startProvider(),
    connectBrowser(),
  ])
}, 90_000)
/** Every test begins with the same: `strict`, which refuses, before `ollama`, which captions. */
beforeEach(async () => {
  for (const { settings } of (await api('GET', '/captioners/configured')).items) {
    await api('DELETE', `/captioners/${settings.name}`)
  }
  for (const { name } of (await api('GET', '/prompts')).items) {
    await api('DELETE', `/prompts/${encodeURIComponent(name)}`)
  }
  await setUp('strict', 'strict')
  await setUp('ollama', 'good')
  await setRules({})
})
afterEach(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  provider?.stop()
}, 30_000)

async function open(path: string): Promise<Page> {
  opened = await openPage(browser, server.url + path)
  return opened.page
}

/** Speaks as Ollama does. What a model does is its name: `strict` refuses, `locked` wants a key, `slow`… */
async function startProvider() {
  const texts = {
    concise: 'An orange rectangle lies on a plain blue background.',
    creative: 'A warm block of orange rests against a cool field of blue.',
    strict: "I'm sorry, but I can't help with describing this image.",
  }
  const http = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { model, messages } = JSON.parse(body)
    if (model === 'slow') return // never answers
    const style = JSON.stringify(messages).includes('vivid') ? 'creative' : 'concise'
    const content = model === 'strict' ? texts.strict : texts[style]
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
    const usage = { prompt_tokens: 312, completion_tokens: 24, total_tokens: 336 }
    const isLocked = model === 'locked'
    response.writeHead(isLocked ? 401 : 200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        isLocked
          ? { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } }
          : { id: '1', object: 'chat.completion', created: 1, model, choices, usage },
      ),
    )
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const stop = () => {
    http.close()
    http.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}/v1`, stop }
}

async function api(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  expect(response.status, `${method} ${path}`).toBe(200)
  return response.json()
}

const setUp = (name: string, model: string) =>
  api('PUT', `/captioners/${name}`, {
    settings: { kind: 'openai-compatible', name, baseUrl: provider.url, models: [model] },
    key: 'sk-0123456789abcdef',
  })

const setRules = (chain: object) =>
  api('PUT', '/captioning-rules', {
    chain: {
      steps: [{ captioner: 'strict' }, { captioner: 'ollama' }],
      timeoutSeconds: 30,
      fallThroughRefusals: true,
      ...chain,
    },
    privacy: { pixels: 'anywhere', captioners: [] },
    budgets: {},
  })

const getRules = () => api('GET', '/captioning-rules')
const getOrder = async (): Promise<string[]> =>
  (await getRules()).chain?.steps.map(({ captioner }: { captioner: string }) => captioner)

async function caption(number: number) {
  const { name, mimeType, buffer } = await makeImage(number)
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(buffer)], { type: mimeType }), name)
  const response = await fetch(`${server.url}/api/captions`, { method: 'POST', body: form })
  expect(response.status).toBe(200)
}

/** Walks with the Tab key until it is there, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator) {
  await target.waitFor()
  for (let steps = 0; steps < 80; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never gets there.')
}

async function write(page: Page, label: string, text: string) {
  await tabTo(page, page.getByLabel(label, { exact: true }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

test(
  'a captioner is added, tested and saved by keyboard alone',
  async () => {
    const page = await open('/')
    await page.getByRole('heading', { name: 'Drop an image' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByRole('heading', { name: 'Captioners' }).waitFor()
    await page.keyboard.press('n')
    await tabTo(page, page.getByRole('link', { name: /^OpenAI-compatible server/ }))
    await page.keyboard.press('Enter')

    await write(page, 'Name', 'mine')
    await write(page, 'Address', provider.url)
    await write(page, 'Models', 'locked')
    await write(page, 'Key', 'sk-0123456789abcdef')
    await tabTo(page, page.getByRole('button', { name: 'Test mine' }))
    await page.keyboard.press('Enter')
    const alert = page.getByRole('alert')
    await alert.getByText('Rejected the key').waitFor()
    expect(await alert.textContent()).not.toContain('0123456789')

    await page.keyboard.press('Shift+Tab')
    await tabTo(page, page.getByLabel('Models', { exact: true }))
    await page.keyboard.press('Control+a')
    await page.keyboard.type('good')
    await tabTo(page, page.getByRole('button', { name: 'Test mine' }))
    await page.keyboard.press('Enter')
    await page.getByText('An orange rectangle lies on a plain blue background.').first().waitFor()
    await page.getByText(/312 tokens in, 24 out/).waitFor()
    expect(await findBarriers(page, 'structure')).toEqual([])

    await page.keyboard.press('Shift+Tab')
    await tabTo(page, page.getByRole('button', { name: 'Save' }))
    await page.keyboard.press('Enter')
    const card = page.getByRole('article', { name: 'mine' })
    await card.getByText('••••cdef').waitFor()
    await card.getByText(/^Sends images to 127\.0\.0\.1/).waitFor()
    expect(page.url()).toMatch(/\/settings\?section=captioners$/)
  },
  TIMEOUT,
)

test(
  'a mistake stands at its field, and nothing is saved',
  async () => {
    const page = await open('/settings?section=captioners&add=openai-compatible')
    await page.getByLabel('Name', { exact: true }).fill('my server')
    await page.getByLabel('Address', { exact: true }).fill('localhost')
    await page.getByText(/^More/).click()
    await page.getByLabel('Longest side').fill('3')
    await page.getByRole('button', { name: 'Save' }).click()
    const describedBy = (label: string) =>
      page.getByLabel(label, { exact: true }).evaluate((input) => {
        const ids = input.getAttribute('aria-describedby')?.split(' ') ?? []
        return ids.map((id) => document.getElementById(id)?.textContent).join(' ')
      })
    expect(await describedBy('Name')).toMatch(/^Letters, digits/)
    expect(await describedBy('Address')).toMatch(/^Expected an http/)
    expect(await describedBy('Longest side')).toMatch(/^Must be at least 64/)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')
    expect((await api('GET', '/captioners/configured')).items).toHaveLength(2)
  },
  TIMEOUT,
)

test(
  'a test that takes too long can be stopped',
  async () => {
    await setUp('slow', 'slow')
    const page = await open('/settings')
    const card = page.getByRole('article', { name: 'slow' })
    await card.getByRole('button', { name: 'Test slow' }).click()
    await card.getByText(/[1-9] of at most 60 s/).waitFor()
    await card.getByRole('button', { name: 'Stop testing slow' }).click()
    await card.getByRole('button', { name: 'Test slow' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  },
  TIMEOUT,
)

test(
  'the chain is put in order by keyboard, says so, and can be undone',
  async () => {
    const page = await open('/settings?section=chain')
    const said = page.getByRole('status')

    await tabTo(page, page.getByRole('button', { name: 'Move ollama, position 2 of 2' }))
    await page.keyboard.press('Space')
    await expect.poll(() => said.textContent()).toMatch(/^Picked up ollama, position 2 of 2/)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => said.textContent()).toMatch(/^ollama, position 1 of 2/)
    await page.keyboard.press('Escape')
    await expect.poll(() => said.textContent()).toMatch(/^Canceled. ollama, position 2 of 2/)
    expect(await getOrder()).toEqual(['strict', 'ollama'])

    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    await expect.poll(getOrder).toEqual(['ollama', 'strict'])
    await page.getByText('The order is now ollama, strict.').first().waitFor()
    await page.keyboard.press('u')
    await expect.poll(getOrder).toEqual(['strict', 'ollama'])

    await tabTo(page, page.getByRole('button', { name: 'Move strict down' }))
    await page.keyboard.press('Enter')
    await expect.poll(getOrder).toEqual(['ollama', 'strict'])
    await tabTo(page, page.getByRole('switch', { name: /^Ask the next captioner/ }))
    await page.keyboard.press('Space')
    await expect.poll(async () => (await getRules()).chain.fallThroughRefusals).toBe(false)
    expect(await findBarriers(page, 'structure')).toEqual([])
  },
  TIMEOUT,
)

test(
  'the chain can be put in order with the pointer',
  async () => {
    const page = await open('/settings?section=chain')
    const handle = page.getByRole('button', { name: /^Move ollama, position/ })
    const from = await handle.boundingBox()
    const to = await page.getByRole('listitem', { name: 'strict' }).boundingBox()
    await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2)
    await page.mouse.down()
    await page.mouse.move(from!.x + from!.width / 2, to!.y + 4, { steps: 8 })
    await page.mouse.up()
    await expect.poll(getOrder).toEqual(['ollama', 'strict'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Move strict, position 1 of 2' }).waitFor()
  },
  TIMEOUT,
)

test(
  'an image is captioned in two styles by the second of the chain, and its card tells why',
  async () => {
    const page = await open('/')
    await page.getByText('Asked in this order, until one answers: strict, ollama.').waitFor()
    await pickImages(page, [await makeImage(21)])
    const card = page.getByRole('article', { name: 'Concise caption' })
    await card.getByText('An orange rectangle lies on a plain blue background.').waitFor()
    await page.getByRole('article', { name: 'Creative caption' }).waitFor()

    await card.getByText('How this came to be').click()
    const steps = card.getByRole('list', { name: 'What was tried' }).getByRole('listitem')
    expect(await steps.first().textContent()).toMatch(/^strict.*Refused to describe the image/)
    expect(await steps.last().textContent()).toMatch(/^ollama.*Captioned.*312 tokens in, 24 out/)
    expect(await findBarriers(page, 'structure')).toEqual([])
  },
  TIMEOUT,
)

test(
  'a caption that fails says what was tried',
  async () => {
    const page = await open('/')
    await page.getByLabel('Captioner', { exact: true }).selectOption('strict')
    await pickImages(page, [await makeImage(22)])
    const alert = page.getByRole('alert')
    await alert.getByText('What was tried').click()
    const steps = alert.getByRole('list', { name: 'What was tried' }).getByRole('listitem')
    expect(await steps.first().textContent()).toMatch(/^strict.*Refused to describe the image/)
    expect(await findBarriers(page, 'structure')).toEqual([])
  },
  TIMEOUT,
)

test(
  'what left the machine is listed with its picture, and the rules can forbid it',
  async () => {
    await caption(23)
    const page = await open('/settings?section=privacy')
    const row = page.getByRole('row').filter({ hasText: 'ollama' }).first()
    await row
      .getByText(/^127\.0\.0\.1:\d+$/)
      .last()
      .waitFor()
    await page.getByRole('radio', { name: /^This machine only/ }).check()
    const pixels = async () => (await getRules()).privacy.pixels
    await expect.poll(pixels).toBe('this-machine')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(pixels).toBe('anywhere')

    await page.getByLabel('Per month').fill('2,5')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await getRules()).budgets).toEqual({ perMonth: 2.5 })
    expect(await findBarriers(page, 'structure')).toEqual([])
    await row.getByRole('link').click()
    await page.waitForURL(/\?image=[0-9a-f]{64}$/)
  },
  TIMEOUT,
)

test(
  'a prompt is written, offered for captions of its style, removed and brought back',
  async () => {
    const page = await open('/settings?section=prompts')
    await page.getByRole('link', { name: 'Add a prompt' }).click()
    await page.getByLabel('Name', { exact: true }).fill('House style')
    await page.getByLabel('Instructions').fill('Describe {subject} in {language}.')
    await page.getByText('{subject} is not a variable').waitFor()
    expect(await findBarriers(page, 'structure')).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('article', { name: 'House style' }).waitFor()

    await page.getByRole('button', { name: 'Remove House style' }).click()
    await page.getByText('No prompts yet.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('article', { name: 'House style' }).waitFor()

    await page.goto(server.url)
    await page.getByText('More: language, prompt').click()
    await page.getByLabel('Prompt', { exact: true }).selectOption('House style')
    await page.getByText('More: House style').waitFor()
  },
  TIMEOUT,
)

test(
  'a removed captioner leaves the chain, and undo brings back all but its key',
  async () => {
    const page = await open('/settings?section=captioners')
    expect(await findBarriers(page, 'structure')).toEqual([])
    await page.getByRole('button', { name: 'Remove ollama' }).click()
    await page
      .getByText(/Its key ••••cdef is deleted/)
      .first()
      .waitFor()
    expect(await getOrder()).toEqual(['strict'])
    await page.getByRole('button', { name: 'Undo' }).click()
    const card = page.getByRole('article', { name: 'ollama' })
    await card.waitFor()
    expect(await card.textContent()).not.toContain('••••')
    await expect.poll(getOrder).toEqual(['strict', 'ollama'])
  },
  TIMEOUT,
)

test(
  'no part of the settings has a barrier, in either theme',
  async () => {
    await caption(24)
    const page = await open('/')
    const colors = new Set<string>()
    for (const part of parts) {
      await page.goto(`${server.url}/settings?section=${part}`)
      await page.locator('main h2').first().waitFor()
      for (const [colorScheme, rules] of themes) {
        await page.emulateMedia({ colorScheme })
        colors.add(await page.evaluate(() => getComputedStyle(document.body).color))
        expect(await findBarriers(page, rules), `${part}, ${colorScheme}`).toEqual([])
      }
    }
    expect(colors.size).toBe(2)
  },
  TIMEOUT,
)

test.each([360, 390, 2560])(
  'nothing of the settings sticks out of a window %d pixels wide',
  async (width) => {
    await setUp(
      'a-rather-long-name/with-slashes-and-a-region@eu-central-1:production'.replaceAll('/', '.'),
      'good',
    )
    opened = await openPage(browser, server.url, { viewport: { width, height: 800 } })
    const { page } = opened
    for (const part of parts) {
      await page.goto(`${server.url}/settings?section=${part}`)
      await page.locator('main h2').first().waitFor()
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(scrollWidth, part).toBeLessThanOrEqual(width)
    }
  },
  TIMEOUT,
)
