import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

/** The browser of the run. Closing it ends the connection and what was opened over it, not the browser. */
export const connectBrowser = (): Promise<Browser> => chromium.connect(inject('browserEndpoint'))

export type OpenedPage = { page: Page; complaints: string[]; close: () => Promise<void> }

/**
 * Opens an address and listens to what the browser complains about. An answer of 400 or above is
 * logged by the browser itself and is no complaint: what the page says about it is what counts.
 */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce', // a colour in the middle of fading in has no contrast to speak of
    ...options,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
      complaints.push(text)
  })
  await page.goto(url)
  return { page, complaints, close: () => context.close() }
}
