import type { CaptionJob, CaptionOptions, Client, JobChange, JobRetry } from '@descry/contract'
import { createPool } from '../../../lib/create-pool.ts'
import type { LiveEvents } from '../../../lib/server/live-events.ts'
import { createStore, type Store } from '../../../lib/store.ts'
import { findFileProblem } from '../find-file-problem.ts'
import { type BatchItem, isSettled } from './batch-item.ts'

const MAX_PARALLEL = 4

type BatchState = {
  items: readonly BatchItem[]
  /** When items were finished, in ms of `now`, from which the speed is estimated. */
  finished: readonly number[]
}

export type Batch = {
  state: Store<BatchState>
  add: (files: readonly File[], options: Partial<CaptionOptions>) => void
  stop: () => void
  retry: (key: number, options?: JobRetry) => void
  clear: () => void
}

type Deps = {
  client: Pick<Client, 'submitCaptionJob' | 'cancelJob' | 'retryJob' | 'getJob'>
  live: Pick<LiveEvents, 'subscribe' | 'onReconnect' | 'onPoll'>
  now?: () => number
}

/** Many images: they are uploaded a few at a time; each becomes a job that is followed by its events. */
export function createBatch({ client, live, now = () => performance.now() }: Deps): Batch {
  const state = createStore<BatchState>({ items: [], finished: [] })
  const optionsOf = new Map<number, Partial<CaptionOptions>>()
  // A fast job may be done before the response to its upload is read, so events are kept by job id.
  const latestJobs = new Map<string, JobChange>()
  const upload = createPool(MAX_PARALLEL)
  const request = createPool(MAX_PARALLEL)
  let nextKey = 0

  const find = (key: number) => state.get().items.find((item) => item.key === key)

  function change(match: (item: BatchItem) => boolean, patch: Partial<BatchItem>) {
    state.update(({ items, finished }) => {
      let settledNow = 0
      const changed = items.map((item) => {
        if (!match(item)) return item
        const next = { ...item, ...patch }
        if (!isSettled(item) && isSettled(next)) settledNow++
        return next
      })
      const times = Array.from({ length: settledNow }, now)
      return { items: changed, finished: settledNow ? [...finished, ...times] : finished }
    })
  }

  async function send(key: number) {
    const item = find(key)
    if (item?.upload !== 'waiting') return
    change((other) => other.key === key, { upload: 'uploading' })
    try {
      const image = { file: item.file, name: item.file.name }
      const options = optionsOf.get(key) ?? {}
      const job = await client.submitCaptionJob({ image, options })
      const latest = withChange(job, latestJobs.get(job.id))
      latestJobs.set(job.id, latest)
      change((other) => other.key === key, { upload: 'sent', job: latest })
      // The batch was stopped during this upload.
      if (find(key)?.error === STOPPED) await client.cancelJob({ id: job.id })
    } catch (error) {
      change((other) => other.key === key, { upload: 'refused', error })
    }
  }

  function follow(job: JobChange) {
    latestJobs.set(job.id, job)
    const known = state.get().items.find((item) => item.job?.id === job.id)?.job
    if (known) change((item) => item.job?.id === job.id, { job: withChange(known, job) })
  }

  let isRefreshing = false
  async function refreshAll() {
    if (isRefreshing) return
    isRefreshing = true
    const open = state.get().items.filter((item) => item.job && !isSettled(item))
    await Promise.allSettled(
      open.map(({ job }) => job && request(() => client.getJob({ id: job.id })).then(follow)),
    )
    isRefreshing = false
  }

  /** An event only tells that a job failed. */
  async function fetchFailure(id: string) {
    if (!state.get().items.some(({ job }) => job?.id === id)) return
    await request(() => client.getJob({ id })).then(follow, () => {})
  }

  live.subscribe((event) => {
    if (event.type !== 'job' || state.get().items.length === 0) return
    follow(event.data)
    if (event.data.status === 'failed') void fetchFailure(event.data.id)
  })
  live.onReconnect(refreshAll)
  live.onPoll(refreshAll)

  return {
    state,
    add: (files, options) => {
      const items = files.map((file): BatchItem => {
        const key = nextKey++
        const error = findFileProblem(file)
        optionsOf.set(key, options)
        return error ? { key, file, upload: 'refused', error } : { key, file, upload: 'waiting' }
      })
      state.update((batch) => ({ ...batch, items: [...batch.items, ...items] }))
      for (const { key } of items) void upload(() => send(key))
    },
    stop: () => {
      const left = state.get().items.filter((item) => !isSettled(item))
      change((item) => item.upload === 'waiting', { upload: 'stopped' })
      change((item) => item.upload === 'uploading', { error: STOPPED })
      for (const { job } of left) {
        if (job) void request(() => client.cancelJob({ id: job.id })).then(follow, () => {})
      }
    },
    retry: (key, options = {}) => {
      const item = find(key)
      if (!item || !isSettled(item)) return
      const job = item.job
      if (job?.status === 'failed') {
        void request(() => client.retryJob({ id: job.id, body: options })).then(
          (updated) => latestJobs.get(job.id)?.status === 'failed' && follow(updated),
          (error) => change((other) => other.key === key, { error }),
        )
        return
      }
      change((other) => other.key === key, { upload: 'waiting', error: undefined, job: undefined })
      void upload(() => send(key))
    },
    clear: () => {
      latestJobs.clear()
      optionsOf.clear()
      state.set({ items: [], finished: [] })
    },
  }
}

const withChange = (job: CaptionJob, change: JobChange | undefined): CaptionJob =>
  change ? { ...job, ...change, kind: job.kind } : job

const STOPPED = Symbol('stopped while uploading')
