import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

type Barrier = { rule: string; isSerious: boolean; places: string[] }

/**
 * What keeps people from using the page, as far as axe finds it. All rules, contrast too, take seconds
 * on a busy machine, so they run once a page; `contrast` is for its other theme, where nothing else
 * differs, and `structure`, everything but contrast, for what a test has opened on it.
 */
export async function findBarriers(page: Page, what: keyof typeof rules): Promise<Barrier[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(rules[what])})`)
  return violations.map(({ id, impact, nodes }) => ({
    rule: id,
    isSerious: impact === 'serious' || impact === 'critical',
    places: nodes.map(({ html }) => html.slice(0, 160)),
  }))
}

const rules = {
  everything: {},
  contrast: { runOnly: ['color-contrast'] },
  structure: { rules: { 'color-contrast': { enabled: false } } },
} satisfies Record<string, RunOptions>
