import { createHash } from 'node:crypto'

export type SplitName = 'train' | 'dev' | 'test' | 'unused'

/** The words datasets have for splits; `undefined` for one we do not know. */
export const findSplit = (word: string): SplitName | undefined => words.get(word.toLowerCase())

const words = new Map<string, SplitName>([
  ['train', 'train'],
  ['training', 'train'],
  ['restval', 'train'], // Karpathy's: the rest of COCO's validation set
  ['dev', 'dev'],
  ['val', 'dev'],
  ['valid', 'dev'],
  ['validation', 'dev'],
  ['test', 'test'],
  ['testing', 'test'],
  ['', 'unused'],
  ['unused', 'unused'],
  ['unassigned', 'unused'],
])

/** `captions_val2017.json` → dev */
export function findSplitInFileName(name: string): SplitName | undefined {
  const word = /(?<![a-z])(train|val|valid|validation|dev|test)(?![a-z])/i.exec(name)?.[0]
  return word === undefined ? undefined : findSplit(word)
}

/** `photos/validation/a.jpg` → dev: by the first folder that is called like a split. */
export const findSplitOfFolder = (file: string): SplitName | undefined =>
  file
    .split('/')
    .slice(0, -1)
    .map((folder) => (folder === '' ? undefined : findSplit(folder)))
    .find((split) => split !== undefined)

/**
 * 80 % train, 10 % dev, 10 % test, by a hash of seed and file name: a file stays in its split when
 * others are added or removed.
 */
export function drawSplit(file: string, seed: number): SplitName {
  const hash = createHash('sha256').update(`${seed}:${file}`).digest()
  const share = hash.readUInt32BE(0) / 2 ** 32
  return share < 0.8 ? 'train' : share < 0.9 ? 'dev' : 'test'
}
