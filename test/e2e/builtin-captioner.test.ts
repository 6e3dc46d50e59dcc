import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBarriers } from './find-barriers.ts'
import { dropImages, pickImages } from './give-images.ts'
import { makeImage } from './make-image.ts'
import { connectBrowser, openPage } from './open-page.ts'
import { startServer } from './start-server.ts'

/** The model that Descry comes with; DESCRY_TEST_MODEL names another. */
const model =
  process.env.DESCRY_TEST_MODEL ?? join(import.meta.dirname, '../../packages/ml/models/builtin')

test.skipIf(!existsSync(join(model, 'model.json')))(
  'the built-in captioner shows its words, its labels and what they are worth',
  async () => {
    const [server, browser] = await Promise.all([startServer({ model }), connectBrowser()])
    const { page, complaints, close } = await openPage(browser, server.url)
    await pickImages(page, [await makeImage(1)])

    // Two even rectangles: no photo. By keyboard alone it is captioned all the same.
    const alert = page.getByRole('alert')
    await alert.getByText('The image does not look like a photo.').waitFor()
    expect(await alert.textContent()).toContain('learned from photos only')
    await alert.getByRole('button', { name: 'Caption it anyway' }).focus()
    await page.keyboard.press('Enter')

    const card = page.getByRole('article').first()
    await card.getByRole('button', { name: /^Copy/ }).waitFor()
    expect(await card.locator('p').first().textContent()).toMatch(/^\S+( \S+)+$/)
    expect(await card.textContent()).toMatch(/builtin[\s\S]*(fairly sure|unsure|sure)/)
    // A made-up picture need not show anything the model is sure enough to name.
    const labels = await card
      .getByRole('list', { name: 'Labels' })
      .getByRole('listitem')
      .allTextContents()
    for (const label of labels) expect(label).toMatch(/^\S+ \d{1,3} %$/)
    await card.getByText('How this came to be').click()
    await card.getByText(/of ten captions like this, about \d+ describe their image/).waitFor()
    await page.getByText(/runs on this machine, without a network/).waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(1) // concise, its only style

    const barriers = await findBarriers(page, 'structure')
    expect(barriers.filter(({ isSerious }) => isSerious)).toEqual([])
    expect(complaints).toEqual([])
    await close()
    await browser.close()
    await server.stop()
  },
  90_000,
)

test.skipIf(!existsSync(join(model, 'model.json')))(
  'of many images those that are no photos can be captioned anyway, in the list and under Jobs',
  async () => {
    const [server, browser] = await Promise.all([startServer({ model }), connectBrowser()])
    const { page, complaints, close } = await openPage(browser, server.url)
    await dropImages(page, [await makeImage(2, 'plan.jpg'), await makeImage(3, 'chart.jpg')])

    await page.getByRole('heading', { name: '2 of 2 images, 2 failed' }).waitFor()
    const force = page.getByRole('button', { name: 'Caption plan.jpg anyway' })
    await force.press('Enter')
    await page.getByRole('button', { name: 'Copy caption' }).waitFor()

    await page.goto(`${server.url}/jobs`)
    await page.getByRole('link', { name: '2 images' }).first().click()
    await page.getByRole('button', { name: 'Caption chart.jpg anyway' }).press('Enter')
    await page.getByRole('heading', { name: '2 of 2 images' }).waitFor()
    await expect
      .poll(async () => (await (await fetch(`${server.url}/api/jobs`)).json()).items[0].progress)
      .toEqual({ done: 2, failed: 0, total: 2 })
    expect(complaints).toEqual([])
    await close()
    await browser.close()
    await server.stop()
  },
  90_000,
)
