import { splitPtbTokens } from './split-ptb-tokens.ts'

/**
 * A caption as the COCO metrics see it: Penn Treebank tokens, lower-cased, without the 17 tokens of
 * punctuation that `pycocoevalcap` drops, joined by one space. A token may hold U+00A0 ("1 1/2").
 *
 * `following` is the caption on the next line of the file, see `splitPtbTokens`.
 */
export const tokenizeCaption = (caption: string, following = ''): string =>
  splitPtbTokens(caption, following)
    .filter((token) => !DROPPED.has(token))
    .join(' ')

/**
 * Captions as one stream, one line each, as `pycocoevalcap` hands them to its tokenizer: a caption
 * that ends in an acronym is read with the next one in view, so that the order of captions matters.
 */
export function tokenizeCaptions(captions: readonly string[]): string[] {
  const tokenized = new Array<string>(captions.length)
  let following = ''
  for (let i = captions.length - 1; i >= 0; i--) {
    const caption = captions[i]!
    tokenized[i] = tokenizeCaption(caption, following)
    following = beginning(caption, following)
  }
  return tokenized
}

/** As much as a rule can want to see of the next line, and of the lines after it if it is blank. */
const LOOK_AHEAD = 64

function beginning(caption: string, following: string): string {
  const start = caption.slice(0, LOOK_AHEAD)
  return start.trim() ? start : `${start}\n${following}`.slice(0, LOOK_AHEAD)
}

/**
 * The list as published. Tokens are lower-cased before it is applied, so the brackets in it are
 * never met: `-lrb-` stays in a caption, and so do `!!` and `?!`.
 */
const DROPPED: ReadonlySet<string> = new Set([
  "''",
  "'",
  '``',
  '`',
  '-LRB-',
  '-RRB-',
  '-LCB-',
  '-RCB-',
  '.',
  '?',
  '!',
  ',',
  ':',
  '-',
  '--',
  '...',
  ';',
])
