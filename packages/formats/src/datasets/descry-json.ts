import { type JsonItem, readJsonItems } from '../read-json-items.ts'
import { type DatasetEntries, type DatasetReader, noEntries } from './dataset-reader.ts'
import { isObject, readSplit, toTexts } from './json-fields.ts'

/** `captions.json`, a list of `{"file": "a.jpg", "captions": ["…"], "split": "train"}`. */
export const descryJson = {
  name: 'descry-json',
  about: 'captions.json, a list of {"file", "captions", "split"}',
  expects: 'captions.json, a list of {"file", "captions", "split"}',

  async find(folder) {
    if (!folder.files.has(FILE) || !(await folder.readHead(FILE)).startsWith('[')) return undefined
    return { files: [FILE], recognisedBy: `${FILE}, a list` }
  },

  async read(folder) {
    const result = noEntries()
    await readJsonItems(folder.resolve(FILE), (item) => take(item, result))
    return result
  },
} as const satisfies DatasetReader

const FILE = 'captions.json'

function take({ keys, value }: JsonItem, { entries, leftOut, warnings }: DatasetEntries): void {
  const captions = isObject(value) ? toTexts(value.captions) : undefined
  if (!isObject(value) || typeof value.file !== 'string' || !captions) {
    const detail = 'Expected {"file": text, "captions": [text, …], "split": text}.'
    const what = `${FILE}, element ${keys.join(' ')}`
    leftOut.push({ what, reason: 'entry-unreadable', detail })
    return
  }
  const { file } = value
  entries.push({ file, captions, split: readSplit(value.split, { file, warnings }) })
}
