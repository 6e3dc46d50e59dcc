import { hashBytes } from '../../hash-bytes.ts'
import type { DatasetFinding, DatasetSplit } from './dataset-card.ts'

type SplitFile = { file: string; split: DatasetSplit }

/** Finds images whose prepared pixels are also in another split: what was trained on would be tested. */
export function createLeakFinder() {
  const first = new Map<string, SplitFile[]>() // by content, the first image of each split
  const found: DatasetFinding[] = []
  return {
    found,
    add({ file, split }: SplitFile, pixels: Uint8Array): void {
      if (split === 'unused') return
      const content = hashBytes(pixels)
      const known = first.get(content) ?? []
      const other = known.find((image) => image.split !== split)
      if (other) {
        const detail = `In ${split}, and the same picture as ${other.file} in ${other.split}.`
        found.push({ what: file, reason: 'same-image-in-two-splits', detail })
      }
      if (!known.some((image) => image.split === split))
        first.set(content, [...known, { file, split }])
    },
  }
}
