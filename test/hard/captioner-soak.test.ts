import { builtinModelFolder, openCaptioner } from '@descry/ml'
import { expect, test } from 'vitest'

test('two thousand captions, one by one and together, leave the memory where it was', async () => {
  const captioner = await openCaptioner(builtinModelFolder())
  const size = captioner.card.preprocessing.square
  const picture = (seed: number) =>
    new Uint8Array(size * size * 3).map((_, i) => 128 + 100 * Math.sin(i / (40 + seed)))
  const batches = [1, 4, 8]
  const captionSome = async (count: number) => {
    for (let done = 0, round = 0; done < count; round++) {
      const together = batches[round % batches.length] ?? 1
      const pictures = Array.from({ length: together }, (_, i) => picture(done + i))
      expect(await captioner.caption(pictures)).toHaveLength(together)
      done += together
    }
  }

  await captionSome(200) // graphs of all sizes are compiled, arenas have grown
  const before = process.memoryUsage.rss()
  await captionSome(2000)
  const grown = (process.memoryUsage.rss() - before) / 2 ** 20
  await captioner.dispose()
  expect(grown).toBeLessThan(50)
}, 600_000)
