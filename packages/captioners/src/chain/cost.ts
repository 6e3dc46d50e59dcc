import {
  defaultSampling,
  type Outcome,
  type Price,
  type Sampling,
  type Usage,
} from '@descry/contract'

/** US dollars for what was consumed. */
export const costOf = (price: Price, { inputTokens, outputTokens }: Usage): number =>
  (inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1e6 +
  price.perImage

/** The most that one request can cost. */
export const worstCost = (
  price: Price,
  { prompt, sampling }: { prompt: string; sampling: Sampling },
): number =>
  costOf(price, {
    inputTokens: inputTokensOf(prompt),
    outputTokens: sampling.maxTokens ?? defaultSampling.maxTokens,
  })

/** Of an answer: by its numbers, or else by its length. */
export const costOfAnswer = (
  price: Price,
  prompt: string,
  { text, usage }: { text: string; usage?: Usage },
): number =>
  costOf(
    price,
    usage ?? { inputTokens: inputTokensOf(prompt), outputTokens: Math.ceil(text.length / 4) },
  )

/**
 * Of a request without an answer: nothing where the provider turned it away, else what it read, because
 * that may be billed, and a budget that stops hard must not take it for free.
 */
export const costOfFailure = (price: Price, prompt: string, outcome: Outcome): number =>
  turnedAway.has(outcome)
    ? 0
    : costOf(price, { inputTokens: inputTokensOf(prompt), outputTokens: 0 })

const turnedAway: ReadonlySet<Outcome> = new Set([
  'rate-limited',
  'unreachable',
  'bad-key',
  'bad-request',
  'unsupported-image',
  'too-large',
])

/** A token is about four letters of English, and may be a single letter elsewhere. */
const inputTokensOf = (prompt: string): number =>
  TOKENS_OF_IMAGE + Math.ceil(prompt.replace(/[^\0-\x7f]/gu, 'word').length / 4)

/** 258 for a small image (Gemini), 765 for 1024 × 1024 pixels (GPT-4o), 1,600 at most (Claude). */
const TOKENS_OF_IMAGE = 1000
