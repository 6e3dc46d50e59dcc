import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

type Barrier = { rule: string; isSerious: boolean; places: string[] }

/**
 * What keeps people from using the page, as far as axe finds it. All rules, contrast too, take seconds
 * on a busy machine, so they run once a page; `contrast` is for its other theme, where nothing else
 * differs, and `structure`, everything but contrast, for what a test has opened on it.
 */
export async function findBarriers(page: Page, what: keyof typeof checks): Promise<Barrier[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const [context, options] = checks[what]
  const run = `axe.run(${JSON.stringify(context)}, ${JSON.stringify(options)})`
  const { violations } = await page.evaluate<AxeResults>(run)
  return violations.map(({ id, impact, nodes }) => ({
    rule: id,
    isSerious: impact === 'serious' || impact === 'critical',
    places: nodes.map(({ html }) => html.slice(0, 160)),
  }))
}

const wholePage = { include: ['html'] }

/** Of the reference one operation of each group: all of them are 3,900 elements, and look the same. */
const withoutRepetition = { ...wholePage, exclude: ['section[id] ~ section[id]'] }

const checks = {
  everything: [wholePage, {}],
  contrast: [withoutRepetition, { runOnly: ['color-contrast'] }],
  structure: [wholePage, { rules: { 'color-contrast': { enabled: false } } }],
} satisfies Record<string, [context: object, RunOptions]>
