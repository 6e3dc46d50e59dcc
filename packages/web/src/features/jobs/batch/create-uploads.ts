import {
  ApiError,
  type CaptionJob,
  type CaptionOptions,
  type Client,
  errorCodes,
} from '@descry/contract'
import { createPool } from '../../../lib/create-pool.ts'
import { isOutage } from '../../../lib/failures/describe-error.ts'
import { findFileProblem } from '../../../lib/find-file-problem.ts'
import { createStore, type Store } from '../../../lib/store.ts'

const MAX_PARALLEL = 4
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

/** A file on its way into a batch. Once the server has it, it is a job there and is forgotten here. */
export type Upload = {
  key: number
  batchId: string
  file: File
  options: Partial<CaptionOptions>
  state: 'waiting' | 'uploading' | 'refused'
  error?: unknown
}

export type Uploads = {
  state: Store<readonly Upload[]>
  add: (batchId: string, files: readonly File[], options: Partial<CaptionOptions>) => void
  /** Sends those refused files again that may be accepted this time. */
  retry: (batchId: string) => void
  /** Forgets all files of a batch; those that wait are not sent. */
  drop: (batchId: string) => void
}

type Deps = {
  client: Pick<Client, 'submitCaptionJob' | 'getJob' | 'closeBatch'>
  onSent: (job: CaptionJob) => void
  pause?: (ms: number) => Promise<unknown>
}

/** Sends files into batches, a few at a time. While the server is out of reach, they wait for it. */
export function createUploads({ client, onSent, pause = sleep }: Deps): Uploads {
  const state = createStore<readonly Upload[]>([])
  const run = createPool(MAX_PARALLEL)
  const pageId = crypto.getRandomValues(new Uint32Array(4)).join('-')
  let nextKey = 0

  const find = (key: number) => state.get().find((upload) => upload.key === key)
  const change = (match: (upload: Upload) => boolean, patch: Partial<Upload>) =>
    state.update((all) => all.map((upload) => (match(upload) ? { ...upload, ...patch } : upload)))
  const remove = (match: (upload: Upload) => boolean) =>
    state.update((all) => all.filter((upload) => !match(upload)))

  async function send(key: number) {
    const upload = find(key)
    if (upload?.state !== 'waiting') return
    change((other) => other.key === key, { state: 'uploading' })
    try {
      const job = await submit(upload)
      remove((other) => other.key === key)
      onSent(job)
    } catch (error) {
      const isRefused = (other: Upload) =>
        other.key === key ||
        (isBatchOver(error) && other.batchId === upload.batchId && other.state === 'waiting')
      change(isRefused, { state: 'refused', error })
    }
    await closeIfComplete(upload.batchId)
  }

  async function submit({ key, batchId, file, options }: Upload): Promise<CaptionJob> {
    const image = { file, name: file.name }
    for (let attempt = 0; ; attempt++) {
      try {
        return await client.submitCaptionJob(
          { image, options: { ...options, batchId } },
          // An answer that was lost on its way must not make two jobs of a file.
          { idempotencyKey: `${pageId}-${key}` },
        )
      } catch (error) {
        if (!isOutage(error)) throw error
        await expectReadable(file)
        await pause(Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS))
        if (!find(key)) throw error // dropped meanwhile
      }
    }
  }

  /** A batch waits for all files that were announced, except those that the server will never accept. */
  async function closeIfComplete(id: string) {
    const ofBatch = state.get().filter(({ batchId }) => batchId === id)
    if (ofBatch.length === 0 || ofBatch.some((upload) => !isRefusedForGood(upload))) return
    try {
      const batch = await client.getJob({ id })
      if (batch.kind !== 'batch' || batch.status !== 'processing') return
      if (batch.items + ofBatch.length >= batch.progress.total) await client.closeBatch({ id })
    } catch {
      // It stays open, and its page offers to finish it with the images that it has.
    }
  }

  const start = (key: number) => void run(() => send(key))

  return {
    state,
    add: (batchId, files, options) => {
      const added = files.map((file): Upload => {
        const error = findFileProblem(file)
        const upload = { key: nextKey++, batchId, file, options }
        return error ? { ...upload, state: 'refused', error } : { ...upload, state: 'waiting' }
      })
      state.update((all) => [...all, ...added])
      for (const { key } of added) start(key)
      if (added.every(isRefusedForGood)) void closeIfComplete(batchId)
    },
    retry: (batchId) => {
      const again = state
        .get()
        .filter((upload) => upload.batchId === batchId && isWorthRetrying(upload))
      change((upload) => again.includes(upload), { state: 'waiting', error: undefined })
      for (const { key } of again) start(key)
    },
    drop: (id) => remove(({ batchId }) => batchId === id),
  }
}

export const isOnItsWay = ({ state }: Upload) => state !== 'refused'

/** Refused for a reason that may pass, such as a failure of the server. */
export const isWorthRetrying = ({ state, error }: Upload): boolean =>
  state === 'refused' &&
  error instanceof ApiError &&
  (error.code === 'unreadable-answer' || errorCodes[error.code].retry)

const isRefusedForGood = (upload: Upload) => upload.state === 'refused' && !isWorthRetrying(upload)

/** The batch has ended or is gone: it takes none of the other files either. */
const isBatchOver = (error: unknown) =>
  error instanceof ApiError && (error.code === 'conflict' || error.code === 'not-found')

/** To `fetch`, a file that was moved or changed since it was chosen looks like a lost connection. */
async function expectReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch (cause) {
    throw new Error(`“${file.name}” can no longer be read. Choose it again.`, { cause })
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
