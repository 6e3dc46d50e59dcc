import { FormatError } from './format-error.ts'
import { type JsonItem, readJsonItems } from './read-json-items.ts'

/**
 * Reads captions by image from JSON, as a stream. Understood are
 *
 * - COCO annotations: `{"annotations": [{"image_id": 17, "caption": "…", "id": 1}, …], …}`
 * - COCO results: `[{"image_id": 17, "caption": "…"}, …]`
 * - maps: `{"17": ["…", "…"], …}`
 *
 * Ids become text. Images keep the order of the file; captions that order within their image.
 */
export async function readCaptionJson(path: string): Promise<Map<string, string[]>> {
  const reader = createCaptionReader(path)
  await readJsonItems(path, reader.take)
  return reader.finish()
}

/** The same for hypotheses: exactly one an image. */
export async function readHypothesisJson(path: string): Promise<Map<string, string>> {
  const hypotheses = new Map<string, string>()
  for (const [id, [text, ...more]] of await readCaptionJson(path)) {
    if (text === undefined || more.length > 0) {
      const count = text === undefined ? 'no hypothesis' : `${more.length + 1} hypotheses`
      const message = `${path} has ${count} for image ${id}; exactly one is expected.`
      throw new FormatError('wrong-shape', path, message)
    }
    hypotheses.set(id, text)
  }
  return hypotheses
}

/** Takes the items of a file one by one; `path` is for messages. */
export function createCaptionReader(path: string) {
  const records = new Map<string, string[]>() // of COCO
  const entries = new Map<string, string[]>() // of a map
  const annotationIds = new Set<string | number>()
  let notAMap: FormatError | undefined // thrown unless the file turns out to be COCO's

  const wrong = (found: string) =>
    new FormatError('wrong-shape', path, `${path}: ${found} Expected ${EXPECTED}.`)

  function takeRecord({ keys, value }: JsonItem): void {
    const where = keys.length === 2 ? `annotations[${keys[1]}]` : `element ${keys[0]}`
    if (!isObject(value)) throw wrong(`${where} is ${describe(value)}.`)
    const { image_id: image, caption, id } = value
    if (!isId(image)) throw wrong(`image_id of ${where} is ${describe(image)}.`)
    if (typeof caption !== 'string') {
      throw wrong(`The caption of image ${image} (${where}) is ${describe(caption)}.`)
    }
    if (isId(id) && keys.length === 2) {
      if (annotationIds.has(id)) throw duplicate(path, `annotation ${id}`)
      annotationIds.add(id)
    }
    add(records, String(image), caption)
  }

  function takeEntry({ keys, value }: JsonItem): void {
    const id = String(keys[0])
    const isFirst = keys.length === 1 || keys[1] === 0
    if (isFirst && entries.has(id)) throw duplicate(path, `image ${id}`)
    if (typeof value === 'string' && keys.length === 2) {
      add(entries, id, value)
    } else if (Array.isArray(value) && value.length === 0) {
      entries.set(id, [])
    } else {
      const whole = id === 'annotations' ? id : `Image ${id}`
      const what = keys.length === 2 ? `Caption ${keys[1] + 1} of image ${id}` : whole
      notAMap ??= wrong(`${what} is ${describe(value)}.`)
    }
  }

  function add(captions: Map<string, string[]>, id: string, caption: string): void {
    refuseBrokenText(path, id, caption)
    const known = captions.get(id)
    if (known) known.push(caption)
    else captions.set(id, [caption])
  }

  return {
    take(item: JsonItem): void {
      const { keys } = item
      const isRecord =
        typeof keys[0] === 'number' ||
        (keys[0] === 'annotations' && keys.length === 2 && typeof item.value !== 'string')
      if (isRecord) takeRecord(item)
      else takeEntry(item)
    },

    finish(): Map<string, string[]> {
      if (records.size > 0 && entries.has('annotations')) {
        throw wrong('annotations holds a text beside its records.')
      }
      if (records.size > 0) return records
      if (notAMap) throw notAMap
      if (entries.size === 0) throw wrong('There are no captions.')
      const [empty] = [...entries].find(([, captions]) => captions.length === 0) ?? []
      if (empty !== undefined) throw wrong(`Image ${empty} has an empty list.`)
      return entries
    },
  }
}

const EXPECTED =
  'COCO annotations {"annotations": [{"image_id": 17, "caption": "…"}]}, ' +
  'COCO results [{"image_id": 17, "caption": "…"}], or a map {"17": ["…"]}'

function refuseBrokenText(path: string, id: string, text: string): void {
  for (const [what, value] of [
    ['The id', id],
    ['A caption', text],
  ] as const) {
    const found = value.includes('\0')
      ? 'NUL'
      : value.isWellFormed()
        ? undefined
        : 'half a character'
    if (found === undefined) continue
    const message = `${path}: ${what} of image ${JSON.stringify(id)} holds ${found} (${JSON.stringify(value.slice(0, 80))}).`
    throw new FormatError('invalid-text', path, message)
  }
}

const duplicate = (path: string, what: string) =>
  new FormatError('duplicate-id', path, `${path} has ${what} twice.`)

const isId = (value: unknown): value is string | number =>
  typeof value === 'string' || Number.isSafeInteger(value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was found, for a message: `missing`, `a list`, `12`. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? `text (${JSON.stringify(value.slice(0, 40))})` : String(value)
}
