import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'

/** English words by what they mostly name, in their base forms; irregular forms with their base. */
export type VisualWords = {
  things: ReadonlySet<string>
  actions: ReadonlySet<string>
  irregular: { things: ReadonlyMap<string, string>; actions: ReadonlyMap<string, string> }
}

/**
 * The file, brotli-compressed text of four lines: things, actions, irregular forms of things, irregular
 * forms of actions. Words stand between spaces, sorted; a form and its base are joined by a colon. It is
 * made from WordNet 3.0, whose licence is `../metrics/meteor/LICENSE-wordnet.txt`.
 */
export function packVisualWords({ things, actions, irregular }: VisualWords): Buffer {
  const toPairs = (forms: ReadonlyMap<string, string>) =>
    [...forms].map(([form, base]) => `${form}:${base}`)
  const lines = [things, actions, toPairs(irregular.things), toPairs(irregular.actions)]
  const text = lines.map((words) => [...words].sort().join(' ')).join('\n')
  return brotliCompressSync(Buffer.from(text, 'latin1'))
}

export function unpackVisualWords(packed: Uint8Array): VisualWords {
  const text = brotliDecompressSync(packed).toString('latin1')
  const lines = text.split('\n').map((line) => line.split(' ').filter(Boolean))
  const [things, actions, formsOfThings, formsOfActions] = lines
  if (!things || !actions || !formsOfThings || !formsOfActions || lines.length > 4) {
    throw new RangeError(`A list of visual words has four lines, this one ${lines.length}.`)
  }
  return {
    things: new Set(things),
    actions: new Set(actions),
    irregular: { things: toForms(formsOfThings), actions: toForms(formsOfActions) },
  }
}

const toForms = (pairs: readonly string[]): Map<string, string> =>
  new Map(pairs.map((pair) => pair.split(':') as [string, string]))
