import { posix } from 'node:path'
import { readJsonItems } from '../read-json-items.ts'
import type { DatasetFolder } from './dataset-folder.ts'
import {
  type DatasetEntries,
  type DatasetEntry,
  type DatasetReader,
  noEntries,
} from './dataset-reader.ts'
import { toSlashes } from './find-image.ts'
import { isObject, toId } from './json-fields.ts'
import { findSplit, findSplitInFileName, findSplitOfFolder, type SplitName } from './split-name.ts'

/**
 * COCO's annotations, `{"images": [{id, file_name}], "annotations": [{id, image_id, caption}]}`, with
 * names of images relative to the file or to the folder. Of several files, each is the split that its
 * name or its folder says; a single one has no splits, nor have files of which one says none. Ids are
 * unique within a file only: where two files have the same, images are named by their files.
 */
export const coco = {
  name: 'coco',
  about:
    'captions_*.json, captions.json, annotations.json or _annotations.coco.json, here, in annotations/ or in folders called like splits; of several files, each is the split its name or its folder says',
  expects:
    'captions_*.json, captions.json, annotations.json or _annotations.coco.json with COCO annotations, here, in annotations/ or in train/, valid/, test/',

  async find(folder) {
    const files: string[] = []
    for (const file of [...folder.files].filter(mayBeAnnotations)) {
      if ((await folder.readHead(file)).startsWith('{')) files.push(file)
    }
    return files.length === 0 ? undefined : { files, recognisedBy: files.join(', ') }
  },

  async read(folder, { files }) {
    const result = noEntries()
    const splits = files.map((file) => findSplitInFileName(baseOf(file)) ?? findSplitOfFolder(file))
    const hasSplits = new Set(splits).size > 1 && !splits.includes(undefined)
    for (const [i, file] of files.entries()) {
      await readAnnotations(folder, { file, split: hasSplits ? splits[i] : undefined, result })
    }
    if (haveSharedIds(result.entries)) for (const entry of result.entries) delete entry.id
    return result
  },
} as const satisfies DatasetReader

const NAMES = /^(captions.*|_?annotations(\.coco)?)\.json$/i

const baseOf = (file: string): string => file.replace(/.*\//, '')

/** By its name, here, in a folder `annotations` or in one called like a split. */
function mayBeAnnotations(file: string): boolean {
  const folder = posix.dirname(file)
  const parent = baseOf(folder)
  const isExpectedThere =
    folder === '.' || parent === 'annotations' || findSplit(parent) !== undefined
  return isExpectedThere && NAMES.test(baseOf(file))
}

const haveSharedIds = (entries: readonly DatasetEntry[]): boolean =>
  new Set(entries.map(({ id }) => id)).size < entries.length

type Reading = { file: string; split: SplitName | undefined; result: DatasetEntries }

async function readAnnotations(folder: DatasetFolder, { file, split, result }: Reading) {
  const entries = new Map<string, DatasetEntry>()
  const captions = new Map<string, string[]>() // may come before the images
  const annotationIds = new Set<string>()

  function takeImage(value: unknown, what: string): void {
    const id = isObject(value) ? toId(value.id) : undefined
    if (!isObject(value) || id === undefined || typeof value.file_name !== 'string') {
      const detail = 'Expected {"id": number, "file_name": text}.'
      result.leftOut.push({ what, reason: 'entry-unreadable', detail })
    } else if (entries.has(id)) {
      const detail = `There is another image ${id}.`
      result.leftOut.push({ what: value.file_name, reason: 'duplicate-entry', detail })
    } else {
      const beside = posix.join(posix.dirname(file), toSlashes(value.file_name))
      const name = folder.files.has(beside) ? beside : value.file_name
      entries.set(id, { id, file: name, captions: [], split })
    }
  }

  function takeAnnotation(value: unknown, what: string): void {
    const image = isObject(value) ? toId(value.image_id) : undefined
    if (!isObject(value) || image === undefined || typeof value.caption !== 'string') {
      const detail = 'Expected {"id": number, "image_id": number, "caption": text}.'
      result.leftOut.push({ what, reason: 'entry-unreadable', detail })
      return
    }
    const id = toId(value.id)
    if (id !== undefined && annotationIds.has(id)) {
      result.leftOut.push({ what: `${file}, annotation ${id}`, reason: 'duplicate-entry' })
      return
    }
    if (id !== undefined) annotationIds.add(id)
    const known = captions.get(image)
    if (known) known.push(value.caption)
    else captions.set(image, [value.caption])
  }

  await readJsonItems(folder.resolve(file), ({ keys: [list, index], value }) => {
    if (index === undefined) return
    if (list === 'images') takeImage(value, `${file}, images[${index}]`)
    if (list === 'annotations') takeAnnotation(value, `${file}, annotations[${index}]`)
  })
  for (const [id, texts] of captions) {
    const entry = entries.get(id)
    if (entry) entry.captions = texts
    else {
      const detail = `${file} has captions for it, and does not list it.`
      result.leftOut.push({ what: `image ${id}`, reason: 'image-not-found', detail })
    }
  }
  result.entries.push(...entries.values())
}
