import { type DatasetReader, noEntries } from './dataset-reader.ts'
import { createCaptionGroups } from './group-captions.ts'
import { readSplit } from './json-fields.ts'
import { readCaptionTable } from './read-caption-table.ts'
import { requireOneFile } from './require-one-file.ts'
import { findSplitInFileName } from './split-name.ts'

/**
 * A table of captions: a row a caption, columns for image and caption, perhaps one called `split`, between
 * them commas, tabs, semicolons or `|`. Of
 * several files, each is the split its name says.
 */
export const csv = {
  name: 'csv',
  about:
    'a .csv or .tsv table with a column for the image and one for the caption, perhaps one for the split; commas, tabs, semicolons or | between them',
  expects: 'a .csv or .tsv file with a column for the image and one for the caption',

  async find(folder) {
    const files = folder.match(/^(?!metadata\.).*\.[ct]sv$/i)
    if (files.length === 0) return undefined
    return { files, recognisedBy: files.join(', '), hasColumns: true }
  },

  async read(folder, { files }, table) {
    const splits = files.map(findSplitInFileName)
    const hasSplits =
      files.length > 1 && new Set(splits).size === files.length && !splits.includes(undefined)
    if (!hasSplits) requireOneFile(folder, files)

    const result = noEntries()
    const groups = createCaptionGroups()
    for (const [i, name] of files.entries()) {
      for await (const row of readCaptionTable({ folder, name, table }, result.leftOut)) {
        const { file, caption } = row
        const word = hasSplits ? splits[i] : row.split
        const split = groups.has(file) ? undefined : readSplit(word, { file, ...result })
        groups.add(file, [caption], split)
      }
    }
    result.entries = groups.finish()
    return result
  },
} as const satisfies DatasetReader
