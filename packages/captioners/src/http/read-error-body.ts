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
  /** For programs. */
  codes: string[]
}

/** Finds the words and the codes of an error, wherever a provider puts them. */
export function readErrorBody({ headers, body, code }: Omit<ErrorAnswer, 'status'>): ErrorBody {
  const texts = [...textsIn(parse(body))]
  const message = texts.find(([key]) => messageKeys.has(key))?.[1] ?? plainText(body)
  const amazon = headers.get('x-amzn-errortype')?.split(':')[0]
  const codes = texts.filter(([key]) => codeKeys.has(key)).map(([, text]) => text)
  return {
    message: message.replace(/\s+/g, ' ').trim().slice(0, 300),
    codes: [code, amazon, ...codes].filter((one) => one !== undefined),
  }
}

const messageKeys = new Set(['message', 'Message', 'msg', 'detail', 'error'])
const codeKeys = new Set(['code', 'type', '__type', 'status', 'reason'])

/** All texts of a JSON value with their keys, in its order, to a depth that no error goes beyond. */
function* textsIn(value: unknown, key = '', depth = 0): Generator<[key: string, text: string]> {
  if (typeof value === 'string') yield [key, value]
  if (typeof value !== 'object' || value === null || depth > 5) return
  for (const [name, inner] of Object.entries(value)) {
    yield* textsIn(inner, Array.isArray(value) ? key : name, depth + 1)
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Pages and JSON without a message say nothing that people could read. */
const plainText = (body: string) => (/^\s*[<{[]/.test(body) ? '' : body)
