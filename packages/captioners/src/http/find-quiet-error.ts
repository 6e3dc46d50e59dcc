import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Target } from '../captioner/target.ts'
import { answerFailure } from './answer-failure.ts'
import { parseJson } from './parse-json.ts'
import { readErrorBody } from './read-error-body.ts'
import { statusOfError } from './status-of-error.ts'

type Answer = { status: number; headers: Headers; body: string }

/**
 * The failure in an answer with status 200 that holds an error: routers that have begun to answer when
 * the model behind them fails can no longer change the status, and some servers never set another. It is
 * judged like the same error with the status that it should have had.
 */
export function findQuietError(target: Target, answer: Answer): CaptionerFailure | undefined {
  const error = findError(answer)
  if (error === undefined) return undefined
  const { headers } = answer
  const status = statusOfError(readErrorBody({ headers, body: error })) ?? answer.status
  return answerFailure(target, { status, headers, body: error, reply: answer.body })
}

/** The part of the body that tells of the error. */
function findError({ headers, body }: Answer): string | undefined {
  const json = parseJson(body) ?? firstEventIn(body)
  if (typeof json !== 'object' || json === null) return plainError(headers, body)
  const [first] = [json].flat()
  if (!isRecord(first)) return undefined
  const inside = partsOf(first).find(saysSomething)
  if (isAnswer(first)) return inside === undefined ? undefined : JSON.stringify({ error: inside })
  const whole = JSON.stringify(first)
  const { message } = readErrorBody({ headers, body: whole })
  return inside !== undefined || message !== '' ? whole : undefined
}

/** Servers that stream unasked send their errors as events. Others of them are no errors. */
function firstEventIn(body: string): unknown {
  const event = parseJson(body.match(/^(?:(?:event|id|:).*\r?\n)*data: ?(.+)/)?.[1] ?? '')
  return isRecord(event) && partsOf(event).some(saysSomething) ? event : undefined
}

/** "Too many requests" and no more. Other texts are just not JSON. */
function plainError(headers: Headers, body: string): string | undefined {
  const said = readErrorBody({ headers, body })
  return body.length < 500 && statusOfError({ ...said, codes: [] }) !== undefined ? body : undefined
}

/** Where an error can stand beside an answer, or in the place of one. */
function partsOf({ error, errors, choices }: Record<string, unknown>): unknown[] {
  const [choice] = Array.isArray(choices) ? choices : []
  return [error, errors, ...(isRecord(choice) ? [choice.error] : [])]
}

/** Many answers hold an `error` that is null, empty or an object of nulls. */
function saysSomething(error: unknown): boolean {
  if (!isRecord(error) && !Array.isArray(error)) return Boolean(error)
  return Object.values(error).some(saysSomething)
}

/** The vendors' places for what a model answered, and for why it did not. */
const isAnswer = (json: Record<string, unknown>) =>
  ['choices', 'candidates', 'content', 'Labels'].some((key) => isFilled(json[key])) ||
  ['output', 'promptFeedback', 'generated_text'].some((key) => Boolean(json[key]))

const isFilled = (value: unknown) => Array.isArray(value) && value.length > 0

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
