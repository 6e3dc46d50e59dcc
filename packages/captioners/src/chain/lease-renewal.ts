import type { UsageStore } from './usage-store.ts'

export type LeaseRenewal = ReturnType<typeof leaseRenewal>

type Options = {
  usage: UsageStore
  leaseSeconds: number
  onError: (error: unknown) => void
}

/** Renews the leases of requests in progress, all of a process at once, as long as it lives. */
export function leaseRenewal({ usage, leaseSeconds, onError }: Options) {
  const held = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const renew = () => void usage.renew([...held], leaseSeconds).catch(onError)

  return {
    add(leaseId: string): void {
      held.add(leaseId)
      timer ??= setInterval(renew, (leaseSeconds * 1000) / 3).unref()
    },
    remove(leaseId: string): void {
      held.delete(leaseId)
      if (held.size > 0) return
      clearInterval(timer)
      timer = undefined
    },
  }
}
