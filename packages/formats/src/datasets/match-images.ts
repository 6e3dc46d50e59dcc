import { hasImageExtension } from '../image-extensions.ts'
import type { CaptionedImage } from './captioned-dataset.ts'
import { cleanCaptions } from './clean-captions.ts'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import type { DatasetEntry } from './dataset-reader.ts'
import { createImageFinder, toSlashes } from './find-image.ts'
import type { SplitName } from './split-name.ts'

export type MatchedImage = Omit<CaptionedImage, 'split'> & { split: SplitName | undefined }

/**
 * Finds the file and the usable captions of each entry. What cannot be used is left out and named, as
 * are images of the folder that no entry names.
 */
export function matchImages(entries: readonly DatasetEntry[], folder: DatasetFolder) {
  const find = createImageFinder(folder)
  const images: MatchedImage[] = []
  const leftOut: DatasetFinding[] = []
  const named = new Set<string>() // files of the folder
  const ids = new Set<string>()

  for (const entry of entries) {
    const file = toSlashes(entry.file)
    const { id = file, split } = entry
    const found = find(file)
    if (typeof found !== 'string') leftOut.push({ what: file, ...found })
    else if (named.has(found) || ids.has(id)) {
      named.add(found)
      leftOut.push({ what: file, reason: 'duplicate-entry' })
    } else {
      named.add(found)
      ids.add(id)
      const captions = cleanCaptions(file, entry.captions, leftOut)
      if (captions.length === 0) leftOut.push({ what: file, reason: 'image-without-captions' })
      else images.push({ id, file, path: folder.resolve(found), split, captions })
    }
  }
  for (const file of folder.files) {
    if (hasImageExtension(file) && !named.has(file)) {
      leftOut.push({ what: file, reason: 'image-without-captions', detail: 'Nothing names it.' })
    }
  }
  return { images, leftOut }
}
