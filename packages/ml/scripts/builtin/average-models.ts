import { type LoadedModel, loadModel } from '../../src/index.ts'

/** The mean of weights that went different ways from the same: better than any of them. */
export async function averageModels(
  folders: readonly string[],
): Promise<Pick<LoadedModel, 'card' | 'values'>> {
  const models = await Promise.all(folders.map((folder) => loadModel(folder)))
  const last = models.at(-1)
  if (!last) throw new RangeError('There is no mean of no models.')
  const values = new Map(
    [...last.values].map(([name, { length }]) => {
      const all = models.map((model) => model.values.get(name)!)
      const mean = (_: unknown, i: number) =>
        all.reduce((sum, one) => sum + one[i]!, 0) / all.length
      return [name, Float32Array.from({ length }, mean)]
    }),
  )
  return { card: last.card, values }
}
