import type { UsageStore } from '@descry/captioners'
import {
  type Admission,
  admitRequest,
  bookRequest,
  deleteLease,
  prolongLeases,
} from '../db/captioner-usage.ts'
import type { Db } from '../db/client.ts'

type Options = {
  db: Db
  /** For windows and months; absent: the clock of the database, which all processes share. */
  clock?: (() => Date) | undefined
}

/** Limits and budgets that all processes on a database share. */
export const postgresUsage = ({ db, clock }: Options): UsageStore => ({
  admit: async (request) => toAdmission(await admitRequest(db, request, clock?.())),
  book: (request) => bookRequest(db, request, clock?.()),
  release: (leaseId) => deleteLease(db, leaseId),
  renew: (leaseIds, leaseSeconds) => prolongLeases(db, { leaseIds, leaseSeconds }, clock?.()),
})

function toAdmission(row: Admission): Awaited<ReturnType<UsageStore['admit']>> {
  switch (row.verdict) {
    case 'admitted':
      return { verdict: row.verdict }
    case 'busy':
      return { verdict: row.verdict, ahead: row.ahead }
    case 'minute':
    case 'day':
      return { verdict: row.verdict, waitMs: row.wait_ms }
    case 'month':
    case 'job':
      return { verdict: row.verdict, left: row.left_over }
  }
}
