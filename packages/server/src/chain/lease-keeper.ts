import { prolongLeases } from '../db/captioner-usage.ts'
import type { Db } from '../db/client.ts'

export type LeaseKeeper = ReturnType<typeof leaseKeeper>

type Options = {
  db: Db
  now: (() => Date) | undefined
  leaseSeconds: number
  onError: (error: unknown) => void
}

/** Prolongs the leases of requests in hand, all of a process at once, as long as it lives. */
export function leaseKeeper({ db, now, leaseSeconds, onError }: Options) {
  const held = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const beat = () =>
    void prolongLeases(db, { leaseIds: [...held], leaseSeconds }, now?.()).catch(onError)

  return {
    hold(leaseId: string): void {
      held.add(leaseId)
      timer ??= setInterval(beat, (leaseSeconds * 1000) / 3).unref()
    },
    drop(leaseId: string): void {
      held.delete(leaseId)
      if (held.size > 0) return
      clearInterval(timer)
      timer = undefined
    },
  }
}
