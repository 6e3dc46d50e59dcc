import { ApiError } from '@descry/contract'
import { errorTitles } from './error-titles.ts'

type Description = { title: string; detail: string }

/** Explains an error: with the server's own message if it sent one, else with what we know. */
export function describeError(error: unknown): Description {
  if (error instanceof ApiError) {
    const title =
      error.code === 'unreadable-answer' ? 'Something went wrong' : errorTitles[error.code]
    return { title: `${title}.`, detail: error.message }
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return {
      title: 'The server took too long to respond.',
      detail: 'The request may still finish: see Jobs or History.',
    }
  }
  if (error instanceof TypeError) {
    return {
      title: 'The server is not responding.',
      detail: 'It may have stopped, or the network connection may be down.',
    }
  }
  return { title: error instanceof Error ? error.message : 'Something went wrong.', detail: '' }
}

/** Whether the server as a whole failed, not just this request. */
export function isOutage(error: unknown): error is Error {
  if (error instanceof ApiError) {
    return error.status === 503 || error.status === 507 || isFromProxy(error)
  }
  return error instanceof TypeError
}

/** A proxy in front of Descry answers for it while it is down. */
const isFromProxy = ({ status, code }: ApiError) =>
  code === 'unreadable-answer' && (status === 502 || status === 504)
