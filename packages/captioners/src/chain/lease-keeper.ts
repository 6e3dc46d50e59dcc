import type { UsageStore } from './usage-store.ts'

export type LeaseKeeper = ReturnType<typeof leaseKeeper>

type Options = {
  usage: UsageStore
  leaseSeconds: number
  onError: (error: unknown) => void
}

/** Prolongs the leases of requests in hand, all of a process at once, as long as it lives. */
export function leaseKeeper({ usage, leaseSeconds, onError }: Options) {
  const held = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const beat = () => void usage.renew([...held], leaseSeconds).catch(onError)

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
