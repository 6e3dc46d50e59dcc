import { type DatasetReader, noEntries } from './dataset-reader.ts'
import { createCaptionGroups } from './group-captions.ts'
import { readLines } from './read-text.ts'

/** `captions.tsv`: a line a caption, the image's file name, a tab, and the caption; no header. */
export const tsv = {
  name: 'tsv',
  about: 'captions.tsv, a line a caption: file name, tab, caption',
  expects: 'captions.tsv with lines of a file name, a tab and a caption',

  async find(folder) {
    return folder.files.has(FILE) ? { files: [FILE], recognisedBy: FILE } : undefined
  },

  async read(folder) {
    const result = noEntries()
    const groups = createCaptionGroups()
    let line = 0
    for await (const text of readLines(folder.resolve(FILE))) {
      line++
      const [file = '', ...caption] = text.split('\t')
      if (file !== '' && caption.length > 0) groups.add(file, [caption.join('\t')])
      else result.leftOut.push({ what: `${FILE}, line ${line}`, reason: 'entry-unreadable' })
    }
    result.entries = groups.finish()
    return result
  },
} as const satisfies DatasetReader

const FILE = 'captions.tsv'
