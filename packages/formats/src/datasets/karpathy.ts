import { readJsonItems } from '../read-json-items.ts'
import { type DatasetEntries, type DatasetReader, noEntries } from './dataset-reader.ts'
import { isObject, readSplit, toId } from './json-fields.ts'
import { requireOneFile } from './require-one-file.ts'

/** `dataset_coco.json` and the like: `{"images": [{filename, split, sentences: [{raw}]}]}`. */
export const karpathy = {
  name: 'karpathy',
  about: "dataset*.json with Karpathy's splits; restval joins train",
  expects: "dataset*.json with Karpathy's splits",

  async find(folder) {
    const files = folder.match(/^dataset.*\.json$/i)
    return files.length === 0 ? undefined : { files, recognisedBy: files.join(', ') }
  },

  async read(folder, { files }) {
    const result = noEntries()
    const file = requireOneFile(folder, files)
    await readJsonItems(folder.resolve(file), ({ keys: [list, index], value }) => {
      if (list === 'images' && index !== undefined) take(value, `${file}, images[${index}]`, result)
    })
    return result
  },
} as const satisfies DatasetReader

function take(value: unknown, what: string, { entries, leftOut, warnings }: DatasetEntries): void {
  if (!isObject(value) || typeof value.filename !== 'string' || !Array.isArray(value.sentences)) {
    const detail = 'Expected {"filename": text, "split": text, "sentences": [{"raw": text}, …]}.'
    leftOut.push({ what, reason: 'entry-unreadable', detail })
    return
  }
  const { filename, filepath, sentences } = value
  const file = typeof filepath === 'string' && filepath ? `${filepath}/${filename}` : filename
  const id = toId(value.cocoid) ?? toId(value.imgid)
  const split = readSplit(value.split, { file, warnings })
  entries.push({
    ...(id === undefined ? {} : { id }),
    file,
    captions: sentences.map(toText),
    split,
  })
}

/** A sentence without its text counts as an empty caption, and is named as one. */
function toText(sentence: unknown): string {
  if (!isObject(sentence)) return ''
  if (typeof sentence.raw === 'string') return sentence.raw
  return Array.isArray(sentence.tokens) ? sentence.tokens.join(' ') : ''
}
