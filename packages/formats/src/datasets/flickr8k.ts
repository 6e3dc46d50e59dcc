import type { TableOptions } from './caption-columns.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import { type DatasetEntries, type DatasetReader, noEntries } from './dataset-reader.ts'
import { createCaptionGroups } from './group-captions.ts'
import { hasCaptionHeader, readCaptionTable } from './read-caption-table.ts'
import { readLines } from './read-text.ts'
import type { SplitName } from './split-name.ts'

/**
 * Flickr8k and Flickr30k: `*.token` or `*.token.txt` with lines `<file>#<n>\t<caption>`, or Kaggle's
 * `captions.txt`, a table; splits in `Flickr_8k.{train,dev,test}Images.txt`, a file name a line.
 */
export const flickr8k = {
  name: 'flickr8k',
  about:
    "Flickr8k.token.txt with Flickr_8k.{train,dev,test}Images.txt, Flickr30k's results_20130124.token, or Kaggle's captions.txt",
  expects:
    'Flickr8k.token.txt, results_20130124.token, or captions.txt with columns for image and caption',

  async find(folder, table) {
    for (const file of listTokenFiles(folder)) {
      if (TOKEN_LINE.test(await folder.readHead(file))) return { files: [file], recognisedBy: file }
    }
    if (!folder.files.has(KAGGLE)) return undefined
    const head = await folder.readHead(KAGGLE)
    if (!hasCaptionHeader(head, table)) return undefined
    const [header = ''] = head.split(/\r?\n/)
    const recognisedBy = `${KAGGLE} with the header ${header}`
    return { files: [KAGGLE], recognisedBy, hasColumns: true }
  },

  async read(folder, { files: [file = KAGGLE], hasColumns }, table) {
    const result = noEntries()
    const groups = createCaptionGroups()
    const reading = { file, groups, result }
    if (hasColumns) await readKaggle(folder, reading, table)
    else await readTokens(folder, reading)
    result.entries = groups.finish()
    await addSplits(folder, file.replace(/[^/]*$/, ''), result)
    return result
  },
} as const satisfies DatasetReader

const KAGGLE = 'captions.txt'
const TOKEN_LINE = /^[^\t\n]+#\d+\t/

/** Lemmas, which Flickr8k has in a file of their own, are no captions. */
const listTokenFiles = (folder: DatasetFolder): string[] =>
  ['', 'Flickr8k_text']
    .flatMap((inside) => folder.match(/(^captions\.txt|(?<!lemma)\.token(\.txt)?)$/i, inside))
    .sort((a, b) => Number(b.includes('.token')) - Number(a.includes('.token')))

type Reading = {
  file: string
  groups: ReturnType<typeof createCaptionGroups>
  result: DatasetEntries
}

async function readTokens(folder: DatasetFolder, { file, groups, result }: Reading): Promise<void> {
  const seen = new Set<string>()
  let number = 0
  for await (const line of readLines(folder.resolve(file))) {
    number++
    if (line.trim() === '') continue
    const [, key = '', image = '', caption = ''] = /^((.+)#\d+)\t(.*)$/.exec(line) ?? []
    if (key === '') {
      const detail = 'The line is not <file>#<number><tab><caption>.'
      const what = `${file}, line ${number}`
      result.leftOut.push({ what, reason: 'entry-unreadable', detail })
    } else if (seen.has(key)) {
      result.leftOut.push({ what: key, reason: 'duplicate-entry' })
    } else {
      seen.add(key)
      groups.add(image, [caption])
    }
  }
}

async function readKaggle(
  folder: DatasetFolder,
  { file, groups, result }: Reading,
  table: TableOptions,
): Promise<void> {
  for await (const row of readCaptionTable({ folder, name: file, table }, result.leftOut)) {
    groups.add(row.file, [row.caption])
  }
}

const LISTS = [
  ['train', 'Flickr_8k.trainImages.txt'],
  ['dev', 'Flickr_8k.devImages.txt'],
  ['test', 'Flickr_8k.testImages.txt'],
] as const satisfies [SplitName, string][]

async function addSplits(folder: DatasetFolder, prefix: string, result: DatasetEntries) {
  const entries = new Map(result.entries.map((entry) => [entry.file, entry]))
  for (const [split, list] of LISTS) {
    if (!folder.files.has(prefix + list)) continue
    for await (const line of readLines(folder.resolve(prefix + list))) {
      const file = line.trim()
      if (file === '') continue
      const entry = entries.get(file)
      if (!entry) {
        const detail = `${list} names it, and no caption does.`
        result.leftOut.push({ what: file, reason: 'image-without-captions', detail })
      } else if (entry.split !== undefined && entry.split !== split) {
        const detail = `${list} names it, and it is in ${entry.split} already.`
        result.leftOut.push({ what: file, reason: 'duplicate-entry', detail })
      } else entry.split = split
    }
  }
}
