import { FormatError } from '../format-error.ts'
import { hasImageExtension } from '../image-extensions.ts'
import { readTextFile } from '../text-sidecar.ts'
import type { TableOptions } from './caption-columns.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { type DatasetEntries, type DatasetReader, noEntries } from './dataset-reader.ts'
import { createTextFinder, isCaptionFile } from './find-text-files.ts'
import { createCaptionGroups } from './group-captions.ts'
import { readCaptionLines } from './read-caption-lines.ts'
import { readCaptionTable } from './read-caption-table.ts'
import { findSplitOfFolder } from './split-name.ts'

/**
 * Hugging Face's imagefolder: `metadata.jsonl` or `metadata.csv` beside or above the images, in any
 * folder, or a text file beside each image, whose lines are alternatives. Folders called train,
 * validation and test are splits.
 */
export const imagefolder = {
  name: 'imagefolder',
  about:
    'metadata.jsonl or metadata.csv in any folder, or a .txt or .caption beside each image, each line of it a caption; folders train, validation and test are splits',
  expects: 'metadata.jsonl or metadata.csv in any folder, or a .txt or .caption beside each image',

  async find(folder) {
    const files = listMetadata(folder)
    if (files.length > 0) return { files, recognisedBy: files.join(', '), hasColumns: true }
    const findTexts = createTextFinder(folder)
    for (const image of folder.files) {
      const [text] = hasImageExtension(image) ? findTexts(image) : []
      if (text !== undefined) return { files: [], recognisedBy: `${text} beside ${image}` }
    }
    return undefined
  },

  async read(folder, { files }, table) {
    const result = noEntries()
    if (files.length > 0) await readMetadata(folder, { files, table, result })
    else await readTexts(folder, result)
    for (const entry of result.entries) entry.split = findSplitOfFolder(entry.file)
    return result
  },
} as const satisfies DatasetReader

/** One of each folder: lines before a table. */
function listMetadata({ files }: DatasetFolder): string[] {
  return [...files].filter(
    (file) =>
      /(^|\/)metadata\.jsonl$/.test(file) ||
      (/(^|\/)metadata\.csv$/.test(file) && !files.has(file.replace(/csv$/, 'jsonl'))),
  )
}

type Metadata = { files: readonly string[]; table: TableOptions; result: DatasetEntries }

async function readMetadata(folder: DatasetFolder, { files, table, result }: Metadata) {
  const groups = createCaptionGroups()
  for (const name of files) {
    const prefix = name.replace(/[^/]*$/, '')
    const read = name.endsWith('.csv') ? readCaptionTable : readCaptionLines
    const rows = read({ folder, name, table }, result.leftOut)
    for await (const { file, caption } of rows) groups.add(prefix + file, [caption])
    const ignored = name.replace(/jsonl$/, 'csv')
    if (ignored !== name && folder.files.has(ignored)) {
      result.warnings.push({ what: ignored, reason: 'text-not-read', detail: `${name} is read.` })
    }
  }
  result.entries = groups.finish()
}

async function readTexts(folder: DatasetFolder, { entries, leftOut, warnings }: DatasetEntries) {
  const findTexts = createTextFinder(folder)
  const known = new Set<string>()
  for (const file of folder.files) {
    const [text, ...others] = hasImageExtension(file) ? findTexts(file) : []
    if (text === undefined) continue
    for (const name of [text, ...others]) known.add(name)
    for (const what of others) {
      warnings.push({ what, reason: 'text-not-read', detail: `${text} is read.` })
    }
    try {
      const captions = ((await readTextFile(folder.resolve(text))) ?? '')
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
      entries.push({ file, captions: captions.length > 0 ? captions : [''] })
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      const detail = `It is left as it is (${error.code}).`
      leftOut.push({ what: text, reason: 'entry-unreadable', detail })
      entries.push({ file, captions: [] })
    }
  }
  for (const what of folder.files) {
    if (!isCaptionFile(what) || known.has(what)) continue
    warnings.push({ what, reason: 'text-not-read', detail: 'No image has its name.' })
  }
}
