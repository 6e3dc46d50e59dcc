import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBarriers } from './find-barriers.ts'
import { pickImages } from './give-images.ts'
import { makeImage } from './make-image.ts'
import { connectBrowser, openPage } from './open-page.ts'
import { type RunningServer, startServer } from './start-server.ts'

const TIMEOUT = 90_000
const paths = ['/', '/history', '/jobs', '/reference', '/nowhere']

let server: RunningServer
let browser: Browser
let imagePath: string

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), connectBrowser()])
  const { page, close } = await openPage(browser, server.url)
  await pickImages(page, [await makeImage(1)])
  await page.waitForURL(/\?image=/)
  imagePath = page.url().slice(server.url.length)
  await close()
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
}, 30_000)

/** What is there once nothing is on its way any more; the event stream never ends, so no `networkidle`. */
const settle = async (page: Page) => {
  await page.locator('main :is(h1, h2, article)').first().waitFor()
  await page.locator('.pulse').first().waitFor({ state: 'detached' })
}

test.each([
  ['light', 'everything'],
  ['dark', 'contrast'],
] as const)(
  'no page has a serious barrier in the %s theme',
  async (colorScheme, rules) => {
    for (const path of [...paths, imagePath]) {
      const { page, complaints, close } = await openPage(browser, server.url + path, {
        colorScheme,
      })
      await settle(page)
      const barriers = await findBarriers(page, rules)
      expect(
        barriers.filter(({ isSerious }) => isSerious),
        path,
      ).toEqual([])
      expect(complaints).toEqual([])
      await close()
    }
  },
  TIMEOUT,
)

test.each([360, 390, 2560])(
  'nothing sticks out of a window %d pixels wide',
  async (width) => {
    for (const path of [...paths, imagePath]) {
      const { page, close } = await openPage(browser, server.url + path, {
        viewport: { width, height: 800 },
      })
      await settle(page)
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(scrollWidth, path).toBeLessThanOrEqual(width)
      await close()
    }
  },
  TIMEOUT,
)

test(
  'a chosen theme is there before the page is painted, and stays',
  async () => {
    const { page, close } = await openPage(browser, server.url, { colorScheme: 'light' })
    await page.getByRole('radio', { name: 'Dark theme' }).check({ force: true })
    const background = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const dark = await background()
    await page.reload({ waitUntil: 'commit' })
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
    await page.waitForLoadState()
    expect(await background()).toBe(dark)
    await close()
  },
  TIMEOUT,
)
