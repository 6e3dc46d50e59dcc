import { DecodeError } from './decode-error.ts'
import type { DecodeOptions, DecodingMethod } from './decode-options.ts'

type Check = { allowed: string; holds: (value: unknown) => boolean; required?: boolean }

/** Refuses options that cannot be honoured, unknown ones too. What depends on V waits for `checkVocabulary`. */
export function checkOptions(options: DecodeOptions): void {
  checkEach('decode', options, decodeChecks)
  const { method, maxLength, end } = options
  checkEach(method.kind, method, { ...everyMethod, ...methodChecks[method.kind] })
  checkEach('repetition', method.repetition ?? {}, repetitionChecks)

  const { minLength = 0, banned = [] } = method
  refuseUnless(minLength <= maxLength, 'minLength', minLength, `at most maxLength, ${maxLength}`)
  refuseUnless(
    !banned.includes(end),
    'banned',
    banned,
    `without the end token ${end}; see minLength`,
  )
  if (method.kind !== 'beam') return
  const { count = 1, width } = method
  refuseUnless(count <= width, 'count', count, `at most width, ${width}`)
}

/** Refuses tokens that a vocabulary of V does not have, and choices among more than V. Gives V back. */
export function checkVocabulary({ end, method }: DecodeOptions, V: number): number {
  if (!isWhole(V))
    throw new DecodeError(`The model answered ${V} logits a row, not a whole number.`)
  const within = `at most the vocabulary's size, ${V}`
  if (method.kind === 'beam') refuseUnless(method.width <= V, 'width', method.width, within)
  const { topK = 1 } = method.kind === 'sample' ? method : {}
  refuseUnless(topK <= V, 'topK', topK, within)

  refuseUnless(end < V, 'end', end, `a token of the vocabulary, below ${V}`)
  const unknown = method.banned?.find((token) => token >= V)
  refuseUnless(unknown === undefined, 'banned', unknown, `tokens of the vocabulary, below ${V}`)
  return V
}

function checkEach(owner: string, options: object, checks: Record<string, Check>): void {
  for (const option of Object.keys(options))
    if (!(option in checks))
      throw new DecodeError(
        `${owner} has no option ${option}; it has ${Object.keys(checks).join(', ')}.`,
      )
  const given = new Map<string, unknown>(Object.entries(options))
  for (const [option, { allowed, holds, required }] of Object.entries(checks)) {
    const value = given.get(option)
    if (value !== undefined || required) refuseUnless(holds(value), option, value, allowed)
  }
}

function refuseUnless(holds: boolean, option: string, value: unknown, allowed: string): void {
  if (!holds) throw new DecodeError(`${option} is ${print(value)}; allowed is ${allowed}.`)
}

/** As JSON, but for NaN and Infinity, which JSON does not know. */
const print = (value: unknown) => (typeof value === 'number' ? `${value}` : JSON.stringify(value))

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)
const wholeFrom = (least: number): Check => ({
  allowed: `a whole number from ${least}`,
  holds: (value) => isWhole(value) && value >= least,
})
const needed = (check: Check): Check => ({ ...check, required: true })

const flag: Check = { allowed: 'true or false', holds: (value) => typeof value === 'boolean' }
const number: Check = { allowed: 'a number', holds: isNumber }
const positive: Check = {
  allowed: 'a number above 0',
  holds: (value) => isNumber(value) && value > 0,
}
const object: Check = {
  allowed: 'an object',
  holds: (value) => typeof value === 'object' && value !== null,
}
const tokens: Check = {
  allowed: 'a list of token ids',
  holds: (value) => Array.isArray(value) && value.every(wholeFrom(0).holds),
}
const share: Check = {
  allowed: 'a number above 0 and at most 1',
  holds: (value) => isNumber(value) && value > 0 && value <= 1,
}

const methodChecks = {
  greedy: {},
  beam: {
    width: needed(wholeFrom(1)),
    lengthPenalty: number,
    count: wholeFrom(1),
    earlyStop: flag,
  },
  sample: {
    seed: needed(wholeFrom(0)),
    temperature: {
      ...positive,
      allowed: 'a number above 0 (greedy always takes the most probable token)',
    },
    topK: wholeFrom(1),
    topP: share,
    count: wholeFrom(1),
  },
} satisfies Record<DecodingMethod['kind'], Record<string, Check>>

const kinds = Object.keys(methodChecks)
const kind: Check = {
  allowed: kinds.join(', '),
  holds: (value) => kinds.some((known) => known === value),
}

const everyMethod: Record<string, Check> = {
  kind: needed(kind),
  repetition: object,
  minLength: wholeFrom(0),
  banned: tokens,
}

const repetitionChecks: Record<string, Check> = {
  noImmediate: flag,
  noRepeatNgram: wholeFrom(1),
  penalty: positive,
}

const decodeChecks: Record<string, Check> = {
  images: needed(wholeFrom(0)),
  start: needed(wholeFrom(0)),
  end: needed(wholeFrom(0)),
  maxLength: needed(wholeFrom(1)),
  method: needed(object),
}
