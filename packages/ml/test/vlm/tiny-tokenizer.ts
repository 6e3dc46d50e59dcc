export type TinyTokenizer = {
  /** `tokenizer.json` */
  json: string
  size: number
  idOf(token: string): number
}

type Options = {
  /** Each becomes one token, with the space before it: ' red'. */
  words: readonly string[]
  special: readonly string[]
  /** Put around a text, as BART's are: `<s>` and `</s>`. */
  around?: readonly [string, string]
}

/** A byte-level BPE tokenizer such as GPT-2's, for any text, that knows a few whole words. */
export function tinyTokenizer({ words, special, around }: Options): TinyTokenizer {
  const bytes = Array.from({ length: 256 }, (_, byte) => toVisible(byte))
  const merges: [string, string][] = []
  const tokens = new Set(bytes)
  for (const word of words) {
    const letters = [...Buffer.from(word)].map((byte) => bytes[byte]!)
    for (let length = 2; length <= letters.length; length++) {
      const [before, last] = [letters.slice(0, length - 1).join(''), letters[length - 1]!]
      if (!tokens.has(before + last)) merges.push([before, last])
      tokens.add(before + last)
    }
  }
  const ids = new Map([...tokens, ...special].map((token, id) => [token, id]))
  const idOf = (token: string) => {
    const id =
      ids.get([...Buffer.from(token)].map((byte) => bytes[byte]).join('')) ?? ids.get(token)
    if (id === undefined) throw new Error(`There is no token ${token}.`)
    return id
  }
  const json = JSON.stringify({
    version: '1.0',
    added_tokens: special.map((content) => ({
      id: idOf(content),
      content,
      ...plain,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: around ? template(around, idOf) : byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      vocab: Object.fromEntries([...tokens].map((token) => [token, idOf(token)])),
      merges: merges.map((pair) => pair.join(' ')),
    },
  })
  return { json, size: ids.size, idOf }
}

const byteLevel = {
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: true,
}
const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false }

function template([before, after]: readonly [string, string], idOf: (token: string) => number) {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } })
  const text = (id: 'A' | 'B') => ({ Sequence: { id, type_id: 0 } })
  const around = (id: 'A' | 'B') => [special(before), text(id), special(after)]
  return {
    type: 'TemplateProcessing',
    single: around('A'),
    pair: [...around('A'), ...around('B')],
    special_tokens: Object.fromEntries(
      [before, after].map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }]),
    ),
  }
}

/** GPT-2's own letters for bytes: those that print are themselves, the others come from 256 on. */
function toVisible(byte: number): string {
  if (prints(byte)) return String.fromCodePoint(byte)
  const before = Array.from({ length: byte }, (_, other) => other).filter((other) => !prints(other))
  return String.fromCodePoint(256 + before.length)
}

const prints = (byte: number) =>
  (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
