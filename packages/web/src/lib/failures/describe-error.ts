import { ApiError } from '@descry/contract'

type Description = { title: string; detail: string }

/** What went wrong, in words: the server's own when it said something, ours when it could not. */
export function describeError(error: unknown): Description {
  if (error instanceof ApiError) {
    return { title: titles[error.code] ?? 'That did not work.', detail: error.message }
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return {
      title: 'The server took too long to answer.',
      detail: 'What it was asked to do may still finish; look under Jobs or History.',
    }
  }
  if (error instanceof TypeError) {
    return {
      title: 'The server does not answer.',
      detail: 'It may have stopped, or the network between here and there is down.',
    }
  }
  return { title: error instanceof Error ? error.message : 'That did not work.', detail: '' }
}

const titles: Partial<Record<string, string>> = {
  'unsupported-image': 'This kind of file cannot be captioned.',
  'corrupt-image': 'This image is damaged.',
  'image-too-large': 'This image has too many pixels.',
  'too-large': 'This file is too large.',
  'url-not-allowed': 'This address may not be fetched.',
  'url-unreachable': 'Nothing could be fetched from this address.',
  'not-found': 'This does not exist here.',
  'rate-limited': 'Too many requests for now.',
  'captioner-failed': 'The captioner failed.',
  'captioner-refused': 'The captioner refused this image.',
  'captioner-timeout': 'The captioner took too long.',
  'not-a-photo': 'This does not look like a photo.',
  'over-budget': 'This would exceed the budget.',
  'not-allowed-to-leave': 'The image may not leave this machine.',
  'unsupported-option': 'The captioner cannot do what was asked.',
  'database-unavailable': 'The database does not answer.',
  stopping: 'The server is stopping.',
  'storage-full': 'The disk of the server is full.',
  'worker-lost': 'The worker was lost while it worked on this.',
  internal: 'Something broke inside the server.',
}

/** A failure of the server as a whole, not of this one request. */
export function isOutage(error: unknown): error is Error {
  if (error instanceof ApiError) {
    return error.status === 503 || error.status === 507 || isGateway(error)
  }
  return error instanceof TypeError
}

/** A proxy in front of Descry answers for it when it is down. */
const isGateway = ({ status, code }: ApiError) =>
  code === 'unreadable-answer' && (status === 502 || status === 504)
