import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { dropImages, pasteImages, pickImages } from './give-images.ts'
import { makeCorruptImage, makeImage } from './make-image.ts'
import { connectBrowser, type OpenedPage, openPage } from './open-page.ts'
import { type RunningServer, startServer } from './start-server.ts'

const TIMEOUT = 60_000

let server: RunningServer
let browser: Browser
let opened: OpenedPage

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), connectBrowser()])
}, 90_000)
afterEach(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
}, 30_000)

async function openCaption() {
  opened = await openPage(browser, server.url)
  return opened.page
}

test.each([
  ['picked', pickImages, 1],
  ['dropped', dropImages, 2],
  ['pasted', pasteImages, 3],
] as const)(
  'an image that is %s gets its caption, with picture, captioner and time',
  async (_how, give, number) => {
    const page = await openCaption()
    await page.getByRole('heading', { name: 'Drop an image' }).waitFor()
    await give(page, [await makeImage(number)])

    const card = page.getByRole('article').first()
    await card.getByRole('button', { name: /^Copy/ }).waitFor()
    expect(await card.locator('p').first().textContent()).not.toBe('')
    expect(await card.textContent()).toMatch(/basic[\s\S]*\d+ m?s/)
    const picture = page.getByRole('figure', { name: 'Image' }).getByRole('img')
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(320)
    expect(page.url()).toMatch(/\?image=[0-9a-f]{64}$/)
  },
  TIMEOUT,
)

test(
  'the address of a captioned image shows it again',
  async () => {
    const page = await openCaption()
    await pickImages(page, [await makeImage(4)])
    const text = (await page.getByRole('article').locator('p').first().textContent()) ?? ''
    await page.waitForURL(/image=/)
    await page.reload()
    await page.getByRole('article').getByText(text).first().waitFor()
  },
  TIMEOUT,
)

test(
  'captioning again keeps the earlier caption',
  async () => {
    const page = await openCaption()
    await pickImages(page, [await makeImage(5)])
    await page.getByRole('button', { name: 'Caption again' }).click()
    await page.getByText(/^Earlier captions \(1\)/).waitFor()
  },
  TIMEOUT,
)

test(
  'a corrupt file says in words what is wrong, and the next image works',
  async () => {
    const page = await openCaption()
    await pickImages(page, [makeCorruptImage()])
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(/damaged/i)
    await pickImages(page, [await makeImage(6)])
    await page.getByRole('article').first().waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  },
  TIMEOUT,
)

test(
  'a file that is no image is refused at once',
  async () => {
    const page = await openCaption()
    await pickImages(page, [
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') },
    ])
    await page
      .getByRole('alert')
      .getByText(/not an image/)
      .waitFor()
  },
  TIMEOUT,
)

test(
  'several images fill in live, and a bad one stops none of them',
  async () => {
    const page = await openCaption()
    const images = await Promise.all([10, 11, 12, 13, 14, 15].map((number) => makeImage(number)))
    await dropImages(page, [...images.slice(0, 3), makeCorruptImage(), ...images.slice(3)])

    await page.getByText('6 of 6 images', { exact: true }).waitFor({ timeout: 40_000 })
    const rows = page.getByRole('list', { name: 'Images' }).getByRole('listitem')
    await expect.poll(() => rows.filter({ hasText: 'Done' }).count()).toBe(6)
    const refused = page.getByRole('region', { name: 'Refused files' })
    expect(await refused.textContent()).toMatch(/corrupt\.jpg.*damaged/i)

    await page.getByRole('button', { name: 'Open picture-12.jpg' }).click()
    await page.getByRole('article').first().waitFor()
    await page.goBack()
    await page.getByText('6 of 6 images', { exact: true }).waitFor()
  },
  TIMEOUT,
)
