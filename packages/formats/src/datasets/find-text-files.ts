import { posix } from 'node:path'
import type { DatasetFolder } from './dataset-folder.ts'

/**
 * The text files that belong to an image, the best first: `a.txt`, then `a.caption` as kohya's trainer
 * has it, then `a.jpg.txt` and `a.jpg.caption`. Each by exactly this name or else in other capitals
 * (`A.TXT`) and in the other form of its accents.
 */
export function createTextFinder({ files }: Pick<DatasetFolder, 'files'>) {
  const byKey = new Map([...files].toReversed().map((file) => [toKey(file), file]))
  return (image: string): string[] => {
    const { dir, name, base } = posix.parse(image)
    const names = [name, base].flatMap((stem) => extensions.map((extension) => stem + extension))
    const found = names
      .map((text) => posix.join(dir, text))
      .map((text) => (files.has(text) ? text : byKey.get(toKey(text))))
    return [...new Set(found.filter((text) => text !== undefined))]
  }
}

const extensions = ['.txt', '.caption'] as const

export const isCaptionFile = (file: string): boolean => file.toLowerCase().endsWith('.caption')

const toKey = (file: string): string => file.normalize('NFC').toLowerCase()
