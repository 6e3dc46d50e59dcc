import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError } from '../errors.ts'

const deadline = new AsyncLocalStorage<number>()

/**
 * Everything that `work` asks of the database may take this long at a time, instead of ten seconds:
 * longer where much is moved, shorter where somebody waits who would rather be told.
 */
export const withDeadline = <Result>(
  milliseconds: number,
  work: () => Promise<Result>,
): Promise<Result> => deadline.run(milliseconds, work)

/** For what changes many rows: migrations, clean-ups, copies. */
export const LONG_MS = 30 * 60_000

/**
 * A Postgres that hangs keeps its connections open and says nothing: only a clock on our side notices.
 * Rejects when the time is up; what `answer` comes to then is ignored.
 */
export function withinDeadline<Result>(answer: Promise<Result>): Promise<Result> {
  const milliseconds = deadline.getStore() ?? STATEMENT_MS
  return new Promise((resolve, reject) => {
    // A plain timer, since every statement has one: an aborted one would cost an error with its stack.
    const timer = setTimeout(() => reject(new SilentDatabaseError(milliseconds)), milliseconds)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** The database has not answered in time, and may have done or still do what it was asked. */
export class SilentDatabaseError extends AppError {
  constructor(milliseconds: number) {
    super(
      'database-unavailable',
      `The database has not answered within ${milliseconds / 1000} s: it hangs or has too much to do. Try again in a moment.`,
    )
  }
}

/** Our statements take milliseconds; those of a busy machine a second or two. */
const STATEMENT_MS = 10_000
