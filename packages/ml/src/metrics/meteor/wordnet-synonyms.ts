import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MetricError } from '../metric-error.ts'
import { ADJECTIVE_ENDINGS, type Endings, NOUN_ENDINGS, VERB_ENDINGS } from './detachments.ts'
import { unpackSynonyms, type WordnetTable } from './wordnet-file.ts'

/** What METEOR asks of a thesaurus. */
export type WordnetSynonyms = {
  /**
   * The synsets of a lower-case word and of its base forms, ascending. Words are synonyms if they
   * share one.
   */
  findSynsets(word: string): readonly number[]
}

/**
 * Synsets of WordNet 3.0, as METEOR 1.5 has them: byte offsets without part of speech, so the 282
 * offsets that two data files share make synonyms of unrelated words.
 *
 * The file is read at the first question. It holds all 147,306 words, also those of several words
 * ("hot_dog"), which no caption's token equals: they cost little, and the table stays checkable
 * against WordNet as a whole.
 *
 * Source: Fellbaum 1998, "WordNet: An Electronic Lexical Database".
 */
export function loadWordnetSynonyms(
  file = join(import.meta.dirname, 'wordnet-3.0-synonyms.br'),
): WordnetSynonyms {
  let table: WordnetTable | undefined
  const remembered = new Map<string, readonly number[]>()
  return {
    findSynsets(word) {
      let synsets = remembered.get(word)
      if (!synsets) {
        table ??= readTable(file)
        if (remembered.size >= MAX_REMEMBERED) remembered.clear()
        synsets = collectSynsets(table, word)
        remembered.set(word, synsets)
      }
      return synsets
    },
  }
}

const MAX_REMEMBERED = 200_000

function readTable(file: string): WordnetTable {
  let packed: Buffer
  try {
    packed = readFileSync(file)
  } catch (cause) {
    const message = `The synonym table ${file} cannot be read. Name another file, or make it anew with scripts/make-wordnet-synonyms.ts.`
    throw new MetricError(message, { cause })
  }
  return unpackSynonyms(packed)
}

function collectSynsets(table: WordnetTable, word: string): readonly number[] {
  const synsets = new Set(synsetsOf(table, word))
  for (const base of baseForms(table, word))
    for (const synset of synsetsOf(table, base)) synsets.add(synset)
  return synsets.size === 0 ? NONE : [...synsets].sort((a, b) => a - b)
}

const NONE: readonly number[] = []

/**
 * What the word may be an inflected form of: what the list of irregular forms says, or else what the
 * first of WordNet's rules gives that leads to a word. Parts of speech are not told apart, so the rule
 * for "doing" finds the female deer.
 */
function baseForms(table: WordnetTable, word: string): readonly string[] {
  const irregular = table.exceptions.get(word)
  if (irregular) return irregular
  for (const [suffix, ending] of DETACHMENTS) {
    if (!word.endsWith(suffix)) continue
    const base = word.slice(0, -suffix.length) + ending
    if (synsetsOf(table, base).length > 0) return [base]
  }
  return []
}

/** Those of nouns, verbs and adjectives in turn: a rule that comes twice finds nothing the second time. */
const DETACHMENTS: Endings = [...NOUN_ENDINGS, ...VERB_ENDINGS, ...ADJECTIVE_ENDINGS]

function synsetsOf({ synsetStarts, synsets, ...words }: WordnetTable, word: string): Uint32Array {
  const index = findWord(words, Buffer.from(word))
  return synsets.subarray(synsetStarts[index], synsetStarts[index + 1])
}

/** Binary search among the lines. A word that is not there has the last index, which has no synsets. */
function findWord(
  { text, textStarts }: Pick<WordnetTable, 'text' | 'textStarts'>,
  word: Buffer,
): number {
  let low = 0
  let high = textStarts.length - 2
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = text.compare(word, 0, word.length, textStarts[middle], textStarts[middle + 1] - 1)
    if (order === 0) return middle
    if (order > 0) high = middle - 1
    else low = middle + 1
  }
  return textStarts.length - 1
}
