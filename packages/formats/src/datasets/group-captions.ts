import type { DatasetEntry } from './dataset-reader.ts'
import type { SplitName } from './split-name.ts'

/** Puts rows of one caption each together to entries, in the order in which images first occur. */
export function createCaptionGroups() {
  const byFile = new Map<string, DatasetEntry>()
  return {
    has: (file: string): boolean => byFile.has(file),
    /** The split of an image is that of its first row. */
    add(file: string, captions: readonly string[], split?: SplitName): void {
      const entry = byFile.get(file)
      if (entry) entry.captions.push(...captions)
      else byFile.set(file, { file, captions: [...captions], split })
    },
    finish: (): DatasetEntry[] => [...byFile.values()],
  }
}
