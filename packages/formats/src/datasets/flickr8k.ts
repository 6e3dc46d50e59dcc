import type { DatasetFolder } from './dataset-folder.ts'
import {
  type DatasetEntries,
  type DatasetReader,
  type FoundFormat,
  noEntries,
} from './dataset-reader.ts'
import { createCaptionGroups } from './group-captions.ts'
import { readCaptionTable } from './read-caption-table.ts'
import { readLines } from './read-text.ts'
import type { SplitName } from './split-name.ts'

/**
 * `Flickr8k.token.txt` with lines `<file>#<n>\t<caption>`, or Kaggle's `captions.txt`, CSV with the
 * header `image,caption`; splits in `Flickr_8k.{train,dev,test}Images.txt`, a file name a line.
 */
export const flickr8k = {
  name: 'flickr8k',
  about: "Flickr8k.token.txt with Flickr_8k.{train,dev,test}Images.txt, or Kaggle's captions.txt",
  expects: 'Flickr8k.token.txt, or captions.txt with the header image,caption',

  async find(folder) {
    const [token] = [TOKEN, `Flickr8k_text/${TOKEN}`].filter((file) => folder.files.has(file))
    if (token) return { files: [token], recognisedBy: token }
    if (!folder.files.has('captions.txt')) return undefined
    if (!/^image,caption\r?\n/i.test(await folder.readHead('captions.txt'))) return undefined
    return { files: ['captions.txt'], recognisedBy: 'captions.txt with the header image,caption' }
  },

  async read(folder, { files: [file = TOKEN] }: FoundFormat) {
    const result = noEntries()
    const groups = createCaptionGroups()
    if (file.endsWith(TOKEN)) await readTokens(folder, { file, groups, result })
    else await readKaggle(folder, { file, groups, result })
    result.entries = groups.finish()
    await addSplits(folder, file.replace(/[^/]*$/, ''), result)
    return result
  },
} as const satisfies DatasetReader

const TOKEN = 'Flickr8k.token.txt'

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

async function readKaggle(folder: DatasetFolder, { file, groups, result }: Reading): Promise<void> {
  for await (const row of readCaptionTable({ folder, name: file }, result.leftOut)) {
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
