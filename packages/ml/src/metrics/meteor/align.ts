import type { Match, Matches } from './find-matches.ts'

export type Alignment = {
  /** for each position of the reference the match that starts there */
  matches: readonly (Match | undefined)[]
  /** runs of matches that are adjacent and in the same order in both sentences */
  chunks: number
}

/**
 * Chooses matches that do not overlap. Matches that no other match touches are fixed; among the rest a
 * beam of 40 paths goes over the reference from left to right and prefers
 *
 *   1. more matched words of both sentences,  2. fewer chunks,  3. a shorter total distance |i − j|,
 *
 * in this order, the older path among equals. To give METEOR 1.5's scores, its peculiarities are kept:
 *
 * - A match other than an exact one counts half its words, rounded down on each side, so one of single
 *   words counts nothing and is left out where it would open a chunk.
 * - The distance of a chosen match is charged not to the path that chose it, but to the path it branched
 *   from: to the later branches, and to the one that leaves the position unmatched.
 *
 * Source: Denkowski and Lavie 2011, "Meteor 1.3: Automatic Metric for Reliable Optimization and
 * Evaluation of Machine Translation Systems", section 2.1; the beam's width is METEOR 1.5's.
 *
 * @param hypothesisLength in words
 */
export function align(matches: Matches, hypothesisLength: number): Alignment {
  const { fixed, hypothesisUsed, referenceUsed } = fixLoneMatches(matches, hypothesisLength)
  let paths: Path[] = [startPath(hypothesisUsed)]
  for (let position = 0; position < matches.length; position++) {
    const match = fixed[position]
    if (match) for (const path of paths) follow(path, position, match)
    else if (referenceUsed[position] === 1) continue
    else if (matches[position].length === 0) for (const path of paths) skip(path, position)
    else {
      paths = branch(paths, position, matches[position], referenceUsed)
      continue
    }
    paths = rank(paths)
  }
  for (const path of paths) skip(path, matches.length)
  const best = rank(paths)[0]
  for (let choice = best.choices; choice; choice = choice.before)
    fixed[choice.position] = choice.match
  return { matches: fixed, chunks: best.chunks }
}

const BEAM = 40

/** What has been chosen up to a position. Fixed matches, alike on all paths, are not counted. */
type Path = {
  matched: number
  /** closed ones */
  chunks: number
  distance: number
  /** first position of the reference after the last match */
  referenceEnd: number
  /** the same of the hypothesis while a chunk is open, else NO_CHUNK */
  hypothesisEnd: number
  /** 1 for each word of the hypothesis that is taken; never changed, as paths share it */
  hypothesisUsed: Uint8Array
  choices: Choice | undefined
}

type Choice = { position: number; match: Match; before: Choice | undefined }

const NO_CHUNK = -1

const startPath = (hypothesisUsed: Uint8Array): Path => ({
  matched: 0,
  chunks: 0,
  distance: 0,
  referenceEnd: 0,
  hypothesisEnd: NO_CHUNK,
  hypothesisUsed,
  choices: undefined,
})

/** A match is fixed if it is the only one on each of its words, in both sentences. */
function fixLoneMatches(matches: Matches, hypothesisLength: number) {
  const hypothesisCover = new Uint32Array(hypothesisLength)
  const referenceCover = new Uint32Array(matches.length)
  for (let position = 0; position < matches.length; position++)
    for (const match of matches[position]) {
      for (let i = 0; i < match.hypothesisLength; i++) hypothesisCover[match.hypothesisStart + i]++
      for (let i = 0; i < match.referenceLength; i++) referenceCover[position + i]++
    }

  const fixed = new Array<Match | undefined>(matches.length).fill(undefined)
  const hypothesisUsed = new Uint8Array(hypothesisLength)
  const referenceUsed = new Uint8Array(matches.length)
  for (let position = 0; position < matches.length; position++) {
    const [match] = matches[position]
    if (matches[position].length !== 1) continue
    const { hypothesisStart, hypothesisLength, referenceLength } = match
    if (!isAll(1, hypothesisCover, hypothesisStart, hypothesisLength)) continue
    if (!isAll(1, referenceCover, position, referenceLength)) continue
    fixed[position] = match
    hypothesisUsed.fill(1, hypothesisStart, hypothesisStart + hypothesisLength)
    referenceUsed.fill(1, position, position + referenceLength)
  }
  return { fixed, hypothesisUsed, referenceUsed }
}

function isAll(value: number, values: Uint8Array | Uint32Array, start: number, length: number) {
  for (let i = start; i < start + length; i++) if (values[i] !== value) return false
  return true
}

function follow(path: Path, position: number, match: Match): void {
  path.chunks += opensAnother(path, match)
  path.hypothesisEnd = match.hypothesisStart + match.hypothesisLength
  path.referenceEnd = position + match.referenceLength
}

const opensAnother = ({ hypothesisEnd }: Path, { hypothesisStart }: Match) =>
  hypothesisEnd !== NO_CHUNK && hypothesisEnd !== hypothesisStart ? 1 : 0

/** Leaves the position unmatched, unless it is inside the last match. */
function skip(path: Path, position: number): void {
  if (position < path.referenceEnd || path.hypothesisEnd === NO_CHUNK) return
  path.chunks++
  path.hypothesisEnd = NO_CHUNK
}

/** Each path, followed by each of the matches it has room for and by none: the 40 best of them. */
function branch(
  paths: readonly Path[],
  position: number,
  matches: readonly Match[],
  referenceUsed: Uint8Array,
): Path[] {
  const best: Path[] = []
  for (const path of paths) {
    if (path.referenceEnd <= position)
      for (const match of matches) {
        const { hypothesisStart, hypothesisLength, referenceLength } = match
        if (!isAll(0, path.hypothesisUsed, hypothesisStart, hypothesisLength)) continue
        if (!isAll(0, referenceUsed, position, referenceLength)) continue
        const matched = path.matched + searchWeight(match)
        const chunks = path.chunks + opensAnother(path, match)
        const rank = findRank(best, matched, chunks, path.distance)
        if (rank < BEAM) insert(best, rank, choose(path, position, match))
        path.distance += Math.abs(position - hypothesisStart)
      }
    skip(path, position)
    const rank = findRank(best, path.matched, path.chunks, path.distance)
    if (rank < BEAM) insert(best, rank, path)
  }
  for (const path of best) takeWords(path, position)
  return best
}

const searchWeight = ({ module, hypothesisLength, referenceLength }: Match) =>
  module === 0
    ? hypothesisLength + referenceLength
    : Math.floor(hypothesisLength / 2) + Math.floor(referenceLength / 2)

function choose(path: Path, position: number, match: Match): Path {
  const choices = { position, match, before: path.choices }
  const chosen = { ...path, matched: path.matched + searchWeight(match), choices }
  follow(chosen, position, match)
  return chosen
}

/** Marks the words of a choice made at this position: only now, when the path is among the best. */
function takeWords(path: Path, position: number): void {
  if (path.choices?.position !== position) return
  const { hypothesisStart, hypothesisLength } = path.choices.match
  path.hypothesisUsed = path.hypothesisUsed.slice()
  path.hypothesisUsed.fill(1, hypothesisStart, hypothesisStart + hypothesisLength)
}

/** Sorts stably. The paths come nearly sorted. */
function rank(paths: Path[]): Path[] {
  if (paths.length === 1) return paths
  const best: Path[] = []
  for (const path of paths)
    insert(best, findRank(best, path.matched, path.chunks, path.distance), path)
  return best
}

/** The place behind all that are better or as good. */
function findRank(best: readonly Path[], matched: number, chunks: number, distance: number) {
  let rank = best.length
  while (rank > 0 && isBetter(best[rank - 1], matched, chunks, distance)) rank--
  return rank
}

/** Would a path with these values go before the other one? */
function isBetter(other: Path, matched: number, chunks: number, distance: number): boolean {
  if (matched !== other.matched) return matched > other.matched
  if (chunks !== other.chunks) return chunks < other.chunks
  return distance < other.distance
}

function insert(best: Path[], rank: number, path: Path): void {
  if (best.length === BEAM) best.pop()
  best.splice(rank, 0, path)
}
