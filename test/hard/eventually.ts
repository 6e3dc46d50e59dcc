import { setTimeout as sleep } from 'node:timers/promises'

type Patience = { withinMs: number; everyMs?: number }

/** Looks until there is something to see, and returns it; says what was missing if there never is. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined | false>,
  { withinMs, everyMs = 200 }: Patience,
): Promise<Found> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found) return found
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await sleep(everyMs)
  }
}
