import { type ErrorCode, errorCodes } from '@descry/contract'

const words: Partial<Record<string, string>> = {
  'captioner-failed': 'The captioner failed',
  'captioner-refused': 'The captioner refused the image',
  'captioner-timeout': 'The captioner took too long',
  'rate-limited': 'The captioner asked to slow down',
  'corrupt-image': 'The image is damaged',
  'unsupported-option': 'The captioner cannot do what was asked',
  'not-a-photo': 'The image does not look like a photo',
  'over-budget': 'It would have exceeded the budget',
  'not-allowed-to-leave': 'The image may not leave this machine',
  'storage-full': 'The disk of the server was full',
  'database-unavailable': 'The database did not answer',
  'worker-lost': 'The worker was lost',
  stopping: 'The server was stopping',
  internal: 'Something broke inside the server',
}

export const failureTitle = (code: string) => words[code] ?? code

/** Does the same attempt, made later, have a chance? */
export const isWorthRetrying = (code: string) =>
  code in errorCodes ? errorCodes[code as ErrorCode].retry : true
