import { FormatError } from '../format-error.ts'
import { hasImageExtension } from '../image-extensions.ts'
import { sidecarPath } from '../sidecar-path.ts'
import { readSidecar } from '../text-sidecar.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { type DatasetEntries, type DatasetReader, noEntries } from './dataset-reader.ts'
import { createCaptionGroups } from './group-captions.ts'
import { readCaptionLines } from './read-caption-lines.ts'
import { readCaptionTable } from './read-caption-table.ts'
import { findSplit } from './split-name.ts'

/**
 * Hugging Face's imagefolder: `metadata.jsonl` or `metadata.csv` beside the images, or a `.txt` beside
 * each image, whose lines are alternatives. Folders called train, validation and test are splits.
 */
export const imagefolder = {
  name: 'imagefolder',
  about:
    'metadata.jsonl or metadata.csv, or a .txt beside each image, each line of it a caption; folders train, validation and test are splits',
  expects:
    'metadata.jsonl or metadata.csv (here or in train/, validation/, test/), or a .txt beside each image',

  async find(folder) {
    const files = ['', ...listSplitFolders(folder)].flatMap((inside) => {
      const [first] = ['metadata.jsonl', 'metadata.csv'].flatMap((name) =>
        folder.match(new RegExp(`^${name}$`), inside),
      )
      return first === undefined ? [] : [first]
    })
    if (files.length > 0) return { files, recognisedBy: files.join(', ') }
    const image = [...folder.files].find((file) => hasSidecar(folder, file))
    if (image === undefined) return undefined
    return { files: [], recognisedBy: `${sidecarPath(image)} beside ${image}` }
  },

  async read(folder, { files }) {
    const result = noEntries()
    if (files.length > 0) await readMetadata(folder, files, result)
    else await readSidecars(folder, result)
    for (const entry of result.entries) entry.split = findFolderSplit(entry.file)
    return result
  },
} as const satisfies DatasetReader

const listSplitFolders = ({ files }: DatasetFolder): string[] => [
  ...new Set(
    [...files].flatMap((file) => (findFolderSplit(file) ? [file.slice(0, file.indexOf('/'))] : [])),
  ),
]

/** `validation/a.jpg` → dev */
const findFolderSplit = (file: string) =>
  file.includes('/') ? findSplit(file.slice(0, file.indexOf('/')) || '?') : undefined

async function readMetadata(folder: DatasetFolder, files: string[], result: DatasetEntries) {
  const groups = createCaptionGroups()
  for (const name of files) {
    const prefix = name.replace(/[^/]*$/, '')
    const read = name.endsWith('.csv') ? readCaptionTable : readCaptionLines
    const rows = read({ folder, name }, result.leftOut)
    for await (const { file, caption } of rows) groups.add(prefix + file, [caption])
  }
  result.entries = groups.finish()
}

const hasSidecar = ({ files }: DatasetFolder, file: string) =>
  hasImageExtension(file) && files.has(sidecarPath(file))

async function readSidecars(folder: DatasetFolder, { entries, leftOut }: DatasetEntries) {
  for (const file of folder.files) {
    if (!hasSidecar(folder, file)) continue
    try {
      const text = (await readSidecar(folder.resolve(file))) ?? ''
      const captions = text.split(/\r?\n/).filter((line) => line.trim() !== '')
      entries.push({ file, captions: captions.length > 0 ? captions : [''] })
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      const detail = `It is left as it is (${error.code}).`
      leftOut.push({ what: sidecarPath(file), reason: 'entry-unreadable', detail })
      entries.push({ file, captions: [] })
    }
  }
}
