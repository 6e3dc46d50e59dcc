import type { Losses } from './train-step.ts'

/** Means of losses, each over what had it. */
export function createLossAverages() {
  const sums = new Map<keyof Losses, { sum: number; weight: number }>()
  return {
    add(losses: Losses, weight = 1): void {
      for (const [name, value] of Object.entries(losses) as [keyof Losses, number][]) {
        const known = sums.get(name) ?? { sum: 0, weight: 0 }
        sums.set(name, { sum: known.sum + value * weight, weight: known.weight + weight })
      }
    },
    values: (): Losses =>
      Object.fromEntries([...sums].map(([name, { sum, weight }]) => [name, sum / weight])),
  }
}
