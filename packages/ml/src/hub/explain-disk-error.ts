import { HubError } from './hub-error.ts'

/** Errors of the system in words; all others as they are. */
export function explainDiskError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk of ${folder} is full. Make room and pull again: it goes on where it stopped.`
    return new HubError('no-space', message, { cause: error })
  }
  const message = `${folder} cannot be written: the system refused (${code}). Check its rights, or choose another folder.`
  return new HubError('not-written', message, { cause: error })
}
