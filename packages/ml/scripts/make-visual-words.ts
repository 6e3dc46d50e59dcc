/**
 * Makes `src/words/visual-words.br` from WordNet 3.0: the English words that mostly name a thing or an
 * action, and their irregular forms. The same input gives the same bytes. In an
 * empty folder outside the repository:
 *
 *   npm pack WNdb@3.0.1 && tar -xzf WNdb-3.0.1.tgz && tar -xzf package/WNdb-3.0.tar.gz
 *   apt-get download wordnet-base   # for the irregular forms (*.exc), which WNdb lacks
 *   dpkg-deb -x wordnet-base_*.deb debian
 *   node …/packages/ml/scripts/make-visual-words.ts \
 *     --wordnet . --exceptions debian/usr/share/wordnet --to …/packages/ml/src/words
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packVisualWords } from '../src/words/visual-words-file.ts'

/** Numbers of lexicographer files (WordNet's manual page `lexnames`). */
const THINGS = [5, 6, 8, 13, 14, 15, 17, 18, 19, 20, 27] // animal, artifact, body, food, group, location, object, person, phenomenon, plant, substance
const ACTIONS = [4, 29, 32, 33, 34, 35, 36, 38, 39, 41, 43] // act; body, communication, competition, consumption, contact, creation, motion, perception, social, weather
/** Long tails of words that no caption has: left out where no text of WordNet's corpus has them either. */
const ONLY_IF_USED = [20, 27]

/** In captions these are things, though most of WordNet's texts use them otherwise. */
const MORE_THINGS =
  `animal bat bmx dress fire food frisbee gear goggles net pants path person plant puddle race ring sign sunset
  t-shirt trail train tunnel vest wave wetsuit yard`.split(/\s+/)
/** One sees these done in pictures; WordNet files them under states, thoughts or changes. */
const MORE_ACTIONS = ['catch', 'dive', 'hold', 'lean', 'pose', 'read', 'rest', 'surf', 'wait']

type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb'
type Sense = { file: number; part: PartOfSpeech; number: number; uses: number }

const { values } = parseArgs({
  options: {
    wordnet: { type: 'string' },
    exceptions: { type: 'string' },
    to: { type: 'string' },
  },
})
const { wordnet, exceptions: exceptionFolder, to } = values
if (!wordnet || !exceptionFolder || !to) {
  throw new Error(
    'Give --wordnet FOLDER --exceptions FOLDER --to FOLDER; see the top of this file.',
  )
}

const senses = readSenses()
const names = readNames()
const things = new Set(MORE_THINGS)
const actions = new Set(MORE_ACTIONS)
for (const [word, all] of senses) {
  if (!/^[a-z][a-z-]+$/.test(word) || names.has(word)) continue
  if (things.has(word) || actions.has(word)) continue
  const sense = commonestSense(all)
  if (ONLY_IF_USED.includes(sense.file) && sense.uses === 0) continue
  if (THINGS.includes(sense.file)) things.add(word)
  else if (ACTIONS.includes(sense.file)) actions.add(word)
}
for (const word of [...actions, ...things]) if (isForm(word)) remove(word)

const irregular = {
  things: readExceptions('noun.exc', things),
  actions: readExceptions('verb.exc', actions),
}
const packed = packVisualWords({ things, actions, irregular })
writeFileSync(join(to, 'visual-words.br'), packed)
console.log(`${things.size} things, ${actions.size} actions, ${packed.length} bytes`)

/** The first sense of the part of speech that the word is most often used as; of equals, the noun. */
function commonestSense(all: readonly Sense[]): Sense {
  const uses = new Map<PartOfSpeech, number>()
  for (const { part, uses: more } of all) uses.set(part, (uses.get(part) ?? 0) + more)
  const order: PartOfSpeech[] = ['noun', 'verb', 'adjective', 'adverb']
  const [best] = order
    .filter((part) => uses.has(part))
    .toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0))
  const [first] = all.filter(({ part }) => part === best).toSorted((a, b) => a.number - b.number)
  if (!first) throw new Error('A word without a sense.')
  return first
}

/** "Running" is a form of "run" and "hands" of "hand", though WordNet has them as words of their own, too. */
function isForm(word: string): boolean {
  if (actions.has(word) && word.endsWith('s') && things.has(word.slice(0, -1))) return true
  const stem = word.replace(/(?:ing|ies|s)$/, '')
  if (stem === word || (things.has(word) && isUsed(word))) return false
  const bases = [stem, `${stem}e`, `${stem}y`, stem.replace(/(.)\1$/, '$1')]
  return bases.some((base) => base !== word && actions.has(base))
}

function isUsed(word: string): boolean {
  if (MORE_THINGS.includes(word)) return true
  return senses.get(word)?.some(({ uses }) => uses > 0) ?? false
}

function remove(word: string): void {
  things.delete(word)
  actions.delete(word)
}

/** `run%2:38:00:: 01926311 1 106`: word, type and file, offset, number of the sense, times it was tagged. */
function readSenses(): Map<string, Sense[]> {
  const parts: Record<string, PartOfSpeech> = {
    1: 'noun',
    2: 'verb',
    3: 'adjective',
    4: 'adverb',
    5: 'adjective',
  }
  const found = new Map<string, Sense[]>()
  for (const line of readLines(join(wordnet ?? '', 'dict/index.sense'))) {
    const [key = '', , number, uses] = line.split(' ')
    const [word = '', rest = ''] = key.split('%')
    const [type = '', file] = rest.split(':')
    const part = parts[type]
    if (!part) throw new Error(`index.sense has a line that is no sense: ${line}`)
    const sense = { file: Number(file), part, number: Number(number), uses: Number(uses) }
    found.set(word, [...(found.get(word) ?? []), sense])
  }
  return found
}

/** Words that nouns only know with a capital: names of people and places. */
function readNames(): Set<string> {
  const capital = new Set<string>()
  const small = new Set<string>()
  for (const line of readLines(join(wordnet ?? '', 'dict/data.noun'))) {
    if (line.startsWith('  ')) continue // the licence
    const [, , , count = '', ...rest] = line.split(' ')
    for (let i = 0; i < Number.parseInt(count, 16); i++) {
      const word = rest[2 * i] ?? ''
      const isSmall = word === word.toLowerCase()
      if (isSmall) small.add(word)
      else capital.add(word.toLowerCase())
    }
  }
  for (const word of small) capital.delete(word)
  return capital
}

/** Irregular form → the first of its base forms that is in the list. */
function readExceptions(file: string, bases: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of readLines(join(exceptionFolder ?? '', file))) {
    const [form = '', ...candidates] = line.split(/\s+/)
    const base = candidates.find((candidate) => bases.has(candidate))
    if (base && form !== base) found.set(form, base)
  }
  return found
}

function readLines(file: string): string[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .filter((line) => line !== '')
}
