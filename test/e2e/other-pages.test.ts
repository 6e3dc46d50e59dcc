import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeImage } from './make-image.ts'
import { connectBrowser, type OpenedPage, openPage } from './open-page.ts'
import { type RunningServer, startServer } from './start-server.ts'

const TIMEOUT = 60_000

let server: RunningServer
let browser: Browser
let opened: OpenedPage
let text: string

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), connectBrowser()])
  text = await captionThroughApi(1)
}, 90_000)
afterEach(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
}, 30_000)

async function open(path: string): Promise<Page> {
  opened = await openPage(browser, server.url + path)
  return opened.page
}

async function captionThroughApi(number: number): Promise<string> {
  const response = await fetch(`${server.url}/api/captions`, {
    method: 'POST',
    body: await toForm(number),
  })
  const { captions } = (await response.json()) as { captions: { text: string }[] }
  return captions[0]!.text
}

async function toForm(number: number): Promise<FormData> {
  const { name, mimeType, buffer } = await makeImage(number)
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(buffer)], { type: mimeType }), name)
  return form
}

test(
  'the history finds captions by their words and keeps the search in the address',
  async () => {
    const page = await open('/history')
    await page.getByRole('article').getByText(text).first().waitFor()

    await page.getByRole('searchbox', { name: 'Search captions' }).fill('nothing says this')
    await page.getByRole('heading', { name: /No caption contains/ }).waitFor()
    expect(page.url()).toContain('search=nothing')

    await page.getByRole('button', { name: 'Show all captions' }).click()
    await page.getByRole('article').getByText(text).first().waitFor()
    expect(page.url()).not.toContain('search')
  },
  TIMEOUT,
)

test(
  'a caption written elsewhere appears in the history by itself',
  async () => {
    const page = await open('/history')
    await page.getByRole('article').first().waitFor()
    const before = await page.getByRole('article').count()
    await captionThroughApi(2)
    await expect.poll(() => page.getByRole('article').count(), { timeout: 10_000 }).toBe(before + 1)
  },
  TIMEOUT,
)

test(
  'a caption of the history leads to its image',
  async () => {
    const page = await open('/history')
    await page.getByRole('article').getByRole('link').first().click()
    await page.waitForURL(/\?image=/)
    await page.getByRole('figure', { name: 'Image' }).waitFor()
  },
  TIMEOUT,
)

test(
  'jobs appear by themselves and end under Done',
  async () => {
    const page = await open('/jobs')
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await fetch(`${server.url}/api/jobs/captions`, { method: 'POST', body: await toForm(3) })
    const done = page.getByRole('region', { name: 'Done' })
    await done.getByRole('listitem').first().waitFor({ timeout: 20_000 })

    await page.getByRole('link', { name: 'Failed' }).click()
    await page.getByText('No jobs with this status.').waitFor()
    expect(page.url()).toContain('status=failed')
  },
  TIMEOUT,
)

test(
  'the reference shows every operation with this address, and runs one',
  async () => {
    const page = await open('/reference')
    const section = page.getByRole('region', { name: 'GET /api/captioners', exact: true })
    await section.getByText(`curl ${server.url}/api/captioners`).waitFor()
    await section.getByRole('button', { name: 'Run GET /api/captioners' }).click()
    await section.getByText(/^Status 200/).waitFor()
    await section.getByRole('button', { name: 'Python', exact: true }).click()
    await section.getByText('import requests').waitFor()
  },
  TIMEOUT,
)

test(
  'an unknown address says so and leads home',
  async () => {
    const page = await open('/nowhere')
    await page.getByRole('heading', { name: /no page at this address/ }).waitFor()
    await page.getByRole('link', { name: 'Go to Caption' }).click()
    await page.getByRole('heading', { name: 'Drop an image' }).waitFor()
  },
  TIMEOUT,
)

test(
  'everything can be reached by keyboard',
  async () => {
    const page = await open('/')
    // Asked for early: the browser is told to report choosers only some time after this line.
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('heading', { name: 'Drop an image' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the content',
    )

    await page.keyboard.press('o')
    await chooser

    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await page.waitForURL(/\/history$/)

    await page.keyboard.press('?')
    await page
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Search captions')
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.keyboard.press('Control+k')
    await page.keyboard.type('jobs')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/jobs$/)
  },
  TIMEOUT,
)
