/**
 * Makes `src/metrics/meteor/wordnet-3.0-synonyms.br` and `LICENSE-wordnet.txt` from WordNet 3.0. The
 * same input gives the same bytes. In an empty folder outside the repository:
 *
 *   npm pack WNdb@3.0.1             # Princeton's database; its install script is not needed
 *   apt-get download wordnet-base   # for the irregular forms (*.exc), which WNdb lacks
 *   dpkg-deb -x wordnet-base_*.deb debian
 *   node …/packages/ml/scripts/make-wordnet-synonyms.ts \
 *     --wndb WNdb-3.0.1.tgz --exceptions debian/usr/share/wordnet --to …/packages/ml/src/metrics/meteor
 *
 * Only the exceptions may come from Debian: its data files have shifted offsets, and METEOR's synonyms
 * depend on which offsets happen to be equal across parts of speech.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packSynonyms } from '../src/metrics/meteor/wordnet-file.ts'

const DATA_FILES = ['data.noun', 'data.verb', 'data.adj', 'data.adv']
const EXCEPTION_FILES = ['noun.exc', 'verb.exc', 'adj.exc', 'adv.exc']
/** WordNet 3.0's words in lower case. Another count means another release. */
const WORDS = 147_306

const { values } = parseArgs({
  options: {
    wndb: { type: 'string' },
    exceptions: { type: 'string' },
    to: { type: 'string' },
  },
})
if (!values.wndb || !values.exceptions || !values.to)
  fail('Give --wndb TARBALL --exceptions FOLDER --to FOLDER; the top of this file says where from.')

const unpacked = mkdtempSync(join(tmpdir(), 'wordnet-'))
try {
  unpack(values.wndb, unpacked)
  unpack(join(unpacked, 'package/WNdb-3.0.tar.gz'), unpacked)
  const offsets = readOffsets(join(unpacked, 'dict'))
  const exceptions = readExceptions(values.exceptions)
  const packed = packSynonyms({ offsets, exceptions })
  writeFileSync(join(values.to, 'wordnet-3.0-synonyms.br'), packed)
  writeFileSync(join(values.to, 'LICENSE-wordnet.txt'), read(unpacked, 'package/LICENSE'))
  console.log(`${offsets.size} words, ${exceptions.size} irregular forms, ${packed.length} bytes`)
} finally {
  rmSync(unpacked, { recursive: true })
}

/** Lower-case word → the byte offsets of its synsets in the data files, whatever the part of speech. */
function readOffsets(folder: string): Map<string, Set<number>> {
  const offsets = new Map<string, Set<number>>()
  for (const file of DATA_FILES)
    for (const line of read(folder, file).split('\n')) {
      if (line === '' || line.startsWith('  ')) continue // the licence, two spaces before every line
      // offset, file number, type, count of words in hexadecimal, then (word, number) for each word
      const [offset, , , count, ...rest] = line.split(' ')
      for (let i = 0; i < Number.parseInt(count ?? '', 16); i++)
        addTo(offsets, withoutMarker(rest[2 * i] ?? ''), Number(offset))
    }
  if (offsets.size !== WORDS)
    fail(
      `${folder} has ${offsets.size} words, WordNet 3.0 has ${WORDS}. Give the WNdb 3.0.1 tarball.`,
    )
  return offsets
}

/** "galore(ip)" is the word "galore", used after its noun. */
function withoutMarker(word: string): string {
  return word.replace(/\((?:a|p|ip)\)$/, '').toLowerCase()
}

/** Irregular form → its base forms: "better good well". */
function readExceptions(folder: string): Map<string, Set<string>> {
  const exceptions = new Map<string, Set<string>>()
  for (const file of EXCEPTION_FILES)
    for (const line of read(folder, file).split('\n')) {
      const [form, ...bases] = line.trim().split(/\s+/)
      for (const base of bases) addTo(exceptions, form ?? '', base)
    }
  return exceptions
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'latin1')
  } catch (error) {
    return fail(`${file} cannot be read in ${folder}: ${(error as Error).message}`)
  }
}

function unpack(tarball: string, folder: string): void {
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder], { stdio: 'pipe' })
  } catch (error) {
    fail(`${tarball} cannot be unpacked: ${(error as Error).message}`)
  }
}

/** A thrown error, not an exit: the unpacked files are removed on the way out. */
function fail(message: string): never {
  process.exitCode = 1
  throw new Error(message)
}
