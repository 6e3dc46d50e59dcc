import { parseJson } from './parse-json.ts'

export type ErrorAnswer = {
  status: number
  headers: Headers
  body: string
  /** The error's name, where an SDK tells it apart from the body. */
  code?: string
}

export type ErrorBody = {
  /** For people, at most 300 characters; empty: nothing that could be shown. */
  message: string
  /** For programs. Some are numbers: the status that is meant. */
  codes: string[]
}

/** Finds the words and the codes of an error, wherever a provider puts them. */
export function readErrorBody({ headers, body, code }: Omit<ErrorAnswer, 'status'>): ErrorBody {
  const values = [...valuesIn(parseJson(body))]
  const message = values.find(isMessage)?.[1] ?? plainText(body)
  const amazon = headers.get('x-amzn-errortype')?.split(':')[0]
  const codes = values.filter(([key]) => codeKeys.has(key)).map(([, value]) => String(value))
  return {
    message: String(message).replace(/\s+/g, ' ').trim().slice(0, 300),
    codes: [code, amazon, ...codes].filter((one) => one !== undefined),
  }
}

type Value = readonly [key: string, value: string | number]

const isMessage = ([key, value]: Value) => messageKeys.has(key) && typeof value === 'string'

const messageKeys = new Set([
  ...['message', 'Message', 'msg', 'detail', 'error', 'errors', 'error_description', 'status_msg'],
])
const codeKeys = new Set([
  ...['code', 'type', '__type', 'status', 'reason', 'statusCode', 'status_code', 'http_status'],
  ...['httpStatus', 'error_code', 'errorCode', 'ErrorCode', 'error_type'],
])

/** All texts and numbers of a JSON value with their keys, in its order, to a depth that no error goes beyond. */
function* valuesIn(value: unknown, key = '', depth = 0): Generator<Value> {
  if (typeof value === 'string' || typeof value === 'number') yield [key, value]
  if (typeof value !== 'object' || value === null || depth > 5) return
  for (const [name, inner] of Object.entries(value)) {
    yield* valuesIn(inner, Array.isArray(value) ? key : name, depth + 1)
  }
}

/** Pages and JSON without a message say nothing that people could read. */
const plainText = (body: string) => (/^\s*[<{[]/.test(body) ? '' : body)
