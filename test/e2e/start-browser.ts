import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of the run listens. */
    browserEndpoint: string
  }
}

// Meant for a function that serves one page and dies: a browser in a single process does not survive
// the end of a context, and switched-off web security would hide what we look for.
const unwanted = ['--single-process', '--no-zygote', '--disable-web-security']

/** Starts one browser for the whole run; each test has a context of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await driver.launchServer({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((flag) => !unwanted.includes(flag)),
      '--no-sandbox',
      '--disable-gpu',
    ],
  })
  project.provide('browserEndpoint', browser.wsEndpoint())
  return () => browser.close()
}
