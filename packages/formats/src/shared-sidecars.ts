import { resolve } from 'node:path'
import { FormatError } from './format-error.ts'
import { isReadable } from './image-extensions.ts'
import { sidecarPath } from './sidecar-path.ts'

/**
 * Images that must not write their caption, because an earlier one of the batch has the same text
 * file (`a.jpg`, then `a.png`), or because that file is the image itself. An image of a kind that is
 * read goes before one that is not: `a.jpg` before the `a.heic` it was made from.
 */
export function findSharedSidecars(images: readonly string[]): Map<string, FormatError> {
  const owners = new Map<string, string>()
  const errors = new Map<string, FormatError>()
  for (const image of images.toSorted((a, b) => Number(isReadable(b)) - Number(isReadable(a)))) {
    const sidecar = sidecarPath(image)
    const owner = owners.get(keyOf(sidecar))
    if (keyOf(sidecar) === keyOf(image)) errors.set(image, overwritesItself(image))
    else if (owner !== undefined) errors.set(image, sharesWith(image, owner, sidecar))
    else owners.set(keyOf(sidecar), image)
  }
  return errors
}

/** Windows and macOS take `A.txt` and `a.txt` for one file. */
function keyOf(path: string): string {
  const full = resolve(path)
  const folds = process.platform === 'win32' || process.platform === 'darwin'
  return folds ? full.normalize('NFC').toLowerCase() : full
}

const sharesWith = (image: string, owner: string, sidecar: string) =>
  new FormatError(
    'shared-sidecar',
    image,
    `${image} would overwrite the caption of ${owner}: both belong to ${sidecar}. Rename one of them.`,
  )

const overwritesItself = (image: string) =>
  new FormatError(
    'shared-sidecar',
    image,
    `${image} has the name of a caption file. Rename it to the extension of its format.`,
  )
