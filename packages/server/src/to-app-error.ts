import { CaptionerFailure, toAppError as fromCaptioner } from '@descry/captioners'
import type { ErrorCode } from '@descry/contract'
import { ImageError } from '@descry/ml'
import { AppError } from './errors.ts'

/**
 * What an expected failure of the image room, the disk or the database means to a caller. Nothing
 * comes back for a bug.
 */
export function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (error instanceof CaptionerFailure) return fromCaptioner(error)
  if (error instanceof ImageError) return new AppError(error.code, error.message, { cause: error })
  const code = systemCode(error)
  if (damages.has(code)) return damagedDatabase(error)
  const known = systemFailures[code]
  return known && new AppError(known, messages[known], { cause: error })
}

/** Of Postgres: data_corrupted, index_corrupted, io_error, undefined_file. */
const damages = new Set(['XX001', 'XX002', '58030', '58P01'])

const damagedDatabase = (cause: unknown): AppError =>
  new AppError(
    'database-unavailable',
    `The files of the database are damaged (${cause instanceof Error ? cause.message : cause}). Stop Descry, move the database away and put the newest backup back: descry restore FILE.`,
    { cause, retry: false },
  )

const messages = {
  'storage-full': 'The disk is full. Nothing was stored; free some room and try again.',
  'database-unavailable': 'The database cannot be reached just now. Try again in a moment.',
} as const satisfies Partial<Record<ErrorCode, string>>

/** Codes of Node.js and of Postgres (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const systemFailures: Record<string, keyof typeof messages> = {
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  '53100': 'storage-full',
  ECONNREFUSED: 'database-unavailable',
  ECONNRESET: 'database-unavailable',
  EPIPE: 'database-unavailable',
  ETIMEDOUT: 'database-unavailable',
  ENOTFOUND: 'database-unavailable',
  EHOSTUNREACH: 'database-unavailable',
  '08000': 'database-unavailable',
  '08003': 'database-unavailable',
  '08006': 'database-unavailable',
  '53300': 'database-unavailable',
  '57P01': 'database-unavailable',
  '57P02': 'database-unavailable',
  '57P03': 'database-unavailable',
  '40001': 'database-unavailable', // lost against another transaction: the same again may succeed
  '40P01': 'database-unavailable',
}

/** node-postgres reports some lost connections by message only. */
const lostConnection =
  /connection terminated|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error/i

function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error instanceof AggregateError) return systemCode(error.errors[0])
  // A Unix socket that is not there: the embedded Postgres is just being started again.
  if ('syscall' in error && error.syscall === 'connect') return 'ECONNREFUSED'
  if ('code' in error && typeof error.code === 'string') return error.code
  return lostConnection.test(error.message) ? '08006' : ''
}
