import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findBarriers } from './find-barriers.ts'
import { dropImages } from './give-images.ts'
import { type ImageFile, makeImage } from './make-image.ts'
import { connectBrowser, type OpenedPage, openPage } from './open-page.ts'
import { type RunningServer, startServer } from './start-server.ts'

const TIMEOUT = 90_000

let server: RunningServer
let provider: Awaited<ReturnType<typeof startProvider>>
let browser: Browser
let opened: OpenedPage
let nextImage = 100

beforeAll(async () => {
  ;[server, provider, browser] = await Promise.all([
    startServer(),
    startProvider(),
    connectBrowser(),
  ])
  await put('/captioners/ollama', {
    settings: {
      kind: 'openai-compatible',
      name: 'ollama',
      baseUrl: provider.url,
      models: ['good'],
    },
  })
  const chain = { steps: [{ captioner: 'ollama' }] }
  await put('/captioning-rules', {
    chain,
    privacy: { pixels: 'anywhere', captioners: [] },
    budgets: {},
  })
}, 90_000)
beforeEach(() => provider.answer())
afterEach(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  provider?.stop()
}, 30_000)

/** Speaks as Ollama does: it captions, keeps everybody waiting, or refuses to. */
async function startProvider() {
  let gate = Promise.resolve()
  let open = () => {}
  let isRefusing = false
  const http = createServer(async (request, response) => {
    request.resume()
    await once(request, 'end')
    await gate
    response.writeHead(200, { 'content-type': 'application/json' })
    const content = isRefusing
      ? "I'm sorry, but I can't help with describing this image."
      : 'An orange rectangle lies on a plain blue background.'
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
    const usage = { prompt_tokens: 312, completion_tokens: 24, total_tokens: 336 }
    const answer = { id: '1', object: 'chat.completion', created: 1, model: 'good', choices, usage }
    response.end(JSON.stringify(answer))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    answer: () => {
      isRefusing = false
      open()
    },
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    refuse: () => {
      isRefusing = true
    },
    stop: () => {
      http.close()
      http.closeAllConnections()
    },
  }
}

async function put(path: string, body: unknown) {
  const response = await fetch(`${server.url}/api${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status, `PUT ${path}: ${await response.clone().text()}`).toBe(200)
}

async function open(path = '/'): Promise<Page> {
  opened = await openPage(browser, server.url + path)
  return opened.page
}

/** Pictures that no other test has. */
const makeImages = (amount: number): Promise<ImageFile[]> =>
  Promise.all(Array.from({ length: amount }, () => makeImage(nextImage++)))

/** Lets that many uploads through; the others find no server, and wait for it. */
async function breakUploadsAfter(page: Page, amount: number) {
  let left = amount
  await page.route('**/api/jobs/captions', (route) =>
    left-- > 0 ? route.continue() : route.abort('connectionrefused'),
  )
}

const progress = (page: Page, text: string | RegExp) =>
  page
    .getByRole('region', { name: 'Progress of the batch' })
    .getByText(text, { exact: true })
    .waitFor({ timeout: 40_000 })

const finished = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Done' })

test(
  'a batch goes on while its page is reloaded, and is shown to its end',
  async () => {
    provider.hold()
    const page = await open()
    const images = await makeImages(12)
    await dropImages(page, images)
    await progress(page, /All have arrived: you can close this page\.$/)
    await progress(page, '0 of 12 images')

    await page.reload()
    await progress(page, '0 of 12 images')
    provider.answer()
    await progress(page, '12 of 12 images')
    expect(await page.getByRole('list', { name: 'Images' }).getByText('Done').count()).toBe(12)
    expect(await findBarriers(page, 'everything')).toEqual([])

    await page.getByRole('button', { name: `Open ${images[3]!.name}` }).click()
    await page.getByRole('article').first().waitFor()
    await page.getByRole('link', { name: 'Image 5 of 12' }).click()
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await progress(page, '12 of 12 images')
  },
  TIMEOUT,
)

test(
  'when its page was closed during the uploads, the batch takes the others later, and none twice',
  async () => {
    const page = await open()
    const images = await makeImages(12)
    await breakUploadsAfter(page, 5)
    await dropImages(page, images)
    await progress(page, '5 of 12 images have arrived. Keep this page open until all have.')
    const address = page.url()
    const asked = page.waitForEvent('dialog')
    const closed = page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
    await closed
    await opened.close()

    const again = await open()
    const batches = again.getByRole('navigation', { name: 'Batches under way' })
    await batches.getByRole('link', { name: /^12 images/ }).click()
    expect(again.url()).toBe(address)
    await again.getByRole('heading', { name: '5 of 12 images arrived' }).waitFor()
    expect(await findBarriers(again, 'everything')).toEqual([])

    await dropImages(again, images)
    await progress(again, '12 of 12 images')
    await again.getByText('5 images had arrived before.').waitFor()
    for (const { name } of images) await finished(again, name).waitFor()
    expect(await again.getByRole('listitem').filter({ hasText: 'picture-' }).count()).toBe(12)
  },
  TIMEOUT,
)

test(
  'an answer that is lost on its way does not make two jobs of a file',
  async () => {
    const page = await open()
    let lost = 0
    await page.route('**/api/jobs/captions', async (route) => {
      if (lost > 0) return route.continue()
      lost++
      await route.fetch()
      await route.abort('connectionreset')
    })
    await dropImages(page, await makeImages(3))
    await progress(page, '3 of 3 images')
    await progress(page, 'All finished. The captions are kept in History.')
    expect(lost).toBe(1)
  },
  TIMEOUT,
)

test(
  'a batch whose page was closed can be finished with the images that it has, or canceled',
  async () => {
    for (const [button, end] of [
      ['Finish with these 2', '2 of 2 images'],
      ['Cancel 2 images', 'Canceled, 4 images'],
    ] as const) {
      const page = await open()
      await breakUploadsAfter(page, 2)
      await dropImages(page, await makeImages(4))
      await progress(page, /^2 of 4 images have arrived/)
      await progress(page, '2 of 4 images')
      const address = page.url()
      await opened.close()
      const again = await openPage(browser, address)
      await again.page.getByRole('button', { name: button }).click()
      await progress(again.page, end)
      opened = again
    }
  },
  TIMEOUT,
)

test(
  'what failed is grouped by kind of failure and retried at once, one of it alone',
  async () => {
    provider.refuse()
    const page = await open()
    await dropImages(page, await makeImages(3))
    await progress(page, '3 of 3 images, 3 failed')
    await page.getByRole('link', { name: '3 failed' }).click()
    const group = page.getByRole('region', { name: 'The captioner refused the image' })
    await group.getByRole('listitem').nth(2).waitFor()
    expect(await findBarriers(page, 'structure')).toEqual([])
    provider.answer()

    await page.getByRole('link', { name: 'All' }).click()
    await page
      .getByRole('button', { name: /^Retry picture-/ })
      .first()
      .click()
    await progress(page, '3 of 3 images, 2 failed')
    await page.getByRole('button', { name: 'Retry 2 failed' }).click()
    await progress(page, '3 of 3 images')
    await page.getByRole('link', { name: /failed/ }).waitFor({ state: 'detached' })
    // The list is read anew at most once a second.
    await expect
      .poll(() => page.getByRole('list', { name: 'Images' }).getByText('Done').count())
      .toBe(3)
  },
  TIMEOUT,
)

test(
  'the list of jobs shows a batch as one row, which leads to its images',
  async () => {
    const page = await open()
    await dropImages(page, await makeImages(2))
    await progress(page, '2 of 2 images')
    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    const row = page.getByRole('region', { name: 'Done' }).getByRole('listitem').first()
    await row.getByText('2 images').first().waitFor()
    await row.getByRole('link', { name: '2 images', exact: true }).click()
    await progress(page, '2 of 2 images')
  },
  TIMEOUT,
)
