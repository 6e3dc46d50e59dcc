import type { CaptionOptions, Client, Job, JobRetry } from '@descry/contract'
import { createPool } from '../../../lib/create-pool.ts'
import type { LiveEvents } from '../../../lib/server/live-events.ts'
import { createStore, type Store } from '../../../lib/store.ts'
import { findFileProblem } from '../request/find-file-problem.ts'
import { type BatchItem, isSettled } from './batch-item.ts'

const UPLOADS_AT_ONCE = 4

export type BatchState = {
  items: readonly BatchItem[]
  /** When items were finished, in ms of `now`: what speed is made of. */
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

/** Many images: each becomes a job on the server, sent a few at a time and followed by its events. */
export function createBatch({ client, live, now = () => performance.now() }: Deps): Batch {
  const state = createStore<BatchState>({ items: [], finished: [] })
  const optionsOf = new Map<number, Partial<CaptionOptions>>()
  // A fast job may be done before the answer to its upload is read: events are kept by job id.
  const seen = new Map<string, Job>()
  const upload = createPool(UPLOADS_AT_ONCE)
  const ask = createPool(UPLOADS_AT_ONCE)
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
      const moments = Array.from({ length: settledNow }, now)
      return { items: changed, finished: settledNow ? [...finished, ...moments] : finished }
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
      const latest = seen.get(job.id) ?? job
      seen.set(job.id, latest)
      change((other) => other.key === key, { upload: 'sent', job: latest })
      // Someone pressed stop while this one was on its way.
      if (find(key)?.error === STOPPED) await client.cancelJob({ id: job.id })
    } catch (error) {
      change((other) => other.key === key, { upload: 'refused', error })
    }
  }

  function follow(job: Job) {
    seen.set(job.id, job)
    if (state.get().items.some((item) => item.job?.id === job.id)) {
      change((item) => item.job?.id === job.id, { job })
    }
  }

  let isAsking = false
  async function askAboutAll() {
    if (isAsking) return
    isAsking = true
    const open = state.get().items.filter((item) => item.job && !isSettled(item))
    await Promise.allSettled(
      open.map(({ job }) => job && ask(() => client.getJob({ id: job.id })).then(follow)),
    )
    isAsking = false
  }

  live.subscribe((event) => {
    if (event.type === 'job' && state.get().items.length > 0) follow(event.job)
  })
  live.onReconnect(askAboutAll)
  live.onPoll(askAboutAll)

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
        if (job) void ask(() => client.cancelJob({ id: job.id })).then(follow, () => {})
      }
    },
    retry: (key, options = {}) => {
      const item = find(key)
      if (!item || !isSettled(item)) return
      const job = item.job
      if (job?.status === 'failed') {
        void ask(() => client.retryJob({ id: job.id, body: options })).then(
          (answer) => seen.get(job.id) === job && follow(answer),
          (error) => change((other) => other.key === key, { error }),
        )
        return
      }
      change((other) => other.key === key, { upload: 'waiting', error: undefined, job: undefined })
      void upload(() => send(key))
    },
    clear: () => {
      seen.clear()
      optionsOf.clear()
      state.set({ items: [], finished: [] })
    },
  }
}

const STOPPED = Symbol('stopped while uploading')
