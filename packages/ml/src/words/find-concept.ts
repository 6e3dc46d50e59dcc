import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Endings, NOUN_ENDINGS, VERB_ENDINGS } from '../metrics/meteor/detachments.ts'
import { unpackVisualWords, type VisualWords } from './visual-words-file.ts'

/** What a word of a caption names. All forms of a word have one concept: "runs" and "running" are "run". */
export type Concept = { kind: 'thing' | 'action' | 'colour'; base: string }

/**
 * The thing, action or colour that an English word in lower case mostly names; undefined for all other
 * words: grammar, sizes and ages, numbers, directions, and words too vague to be seen in a picture.
 * Source: WordNet 3.0, by the kinds of meaning and how often each is meant; see the script that makes the
 * list, `scripts/make-visual-words.ts`.
 */
export function findConcept(word: string): Concept | undefined {
  const colour = COLOURS.get(word)
  if (colour) return { kind: 'colour', base: colour }
  words ??= unpackVisualWords(readFileSync(FILE))
  const concept = lookUp(word, words)
  return concept && !VAGUE.has(word) && !VAGUE.has(concept.base) ? concept : undefined
}

/** Equal for all forms of a word, and for no other word. */
export function conceptKey(word: string): string {
  const concept = findConcept(word)
  return concept ? `${concept.kind} ${concept.base}` : word
}

const FILE = join(import.meta.dirname, 'visual-words.br')
/** Read when a word is first looked up: most programs never do. */
let words: VisualWords | undefined

/** Irregular plurals first: WordNet has "men" also as a word of its own, a work force. */
function lookUp(word: string, { things, actions, irregular }: VisualWords): Concept | undefined {
  const plural = irregular.things.get(word)
  if (plural !== undefined) return { kind: 'thing', base: plural }
  if (things.has(word)) return { kind: 'thing', base: word }
  if (actions.has(word)) return { kind: 'action', base: word }
  const thing = stripEnding(word, NOUN_ENDINGS, things)
  if (thing !== undefined) return { kind: 'thing', base: thing }
  const action = irregular.actions.get(word) ?? stripVerb(word, actions)
  return action === undefined ? undefined : { kind: 'action', base: action }
}

function stripEnding(
  word: string,
  endings: Endings,
  bases: ReadonlySet<string>,
): string | undefined {
  for (const [ending, instead] of endings) {
    if (!word.endsWith(ending)) continue
    const base = word.slice(0, -ending.length) + instead
    if (bases.has(base)) return base
  }
  return undefined
}

/** Beyond WordNet's rules also a doubled consonant: "hugging", "petted". */
function stripVerb(word: string, actions: ReadonlySet<string>): string | undefined {
  const single = word.replace(/([^aeiou])\1(ing|ed)$/, '$1$2')
  return stripEnding(word, VERB_ENDINGS, actions) ?? stripEnding(single, VERB_ENDINGS, actions)
}

const COLOURS: ReadonlyMap<string, string> = new Map([
  ...`beige black blond blue brown gold golden green grey maroon navy orange pink purple red silver tan
    teal turquoise violet white yellow`
    .split(/\s+/)
    .map((colour) => [colour, colour] as const),
  ['gray', 'grey'],
  ['blonde', 'blond'],
])

/** Words, or their base forms, that fit nearly any picture or mostly say where or how something is. */
const VAGUE: ReadonlySet<string> = new Set(
  `air area attempt back background base bit body bottom bunch cause center centre change closeup
   color colour come corner couple course cover create day do does edge end event fill find fit fix
   form front get getting give go group have hind image inside interior keep kind lead leave let
   line location lot make making midair middle move object open outdoors outside pair part perform
   performance photo photograph picture piece pile place point position practice prepare put raise
   region row scene section see seem series set setting show side someone something space spot
   start state stay stop surface surround take taking thing top try turn type upside use view way
   wear work world`.split(/\s+/),
)
