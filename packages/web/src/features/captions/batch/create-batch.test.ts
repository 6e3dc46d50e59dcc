import {
  ApiError,
  type CaptionJob,
  type ImageSource,
  type JobRetry,
  type Event as ServerEvent,
} from '@descry/contract'
import { expect, test, vi } from 'vitest'
import { countItems, itemStatus } from './batch-item.ts'
import { createBatch } from './create-batch.ts'

const job = (id: string, status: CaptionJob['status'] = 'queued') => ({ id, status }) as CaptionJob
const image = (name: string) => new File(['pixels'], name, { type: 'image/jpeg' })

function createTestBatch() {
  let poll = () => {}
  const told = new Map<string, CaptionJob['status']>()
  const listeners: ((event: ServerEvent) => void)[] = []
  const client = {
    submitCaptionJob: vi.fn(async ({ image }: { image: ImageSource }) =>
      job('name' in image ? `job-${image.name}` : ''),
    ),
    cancelJob: vi.fn(async ({ id }: { id: string }) => job(id, 'canceled')),
    retryJob: vi.fn(async ({ id }: { id: string; body?: JobRetry | null | undefined }) =>
      job(id, 'queued'),
    ),
    getJob: vi.fn(async ({ id }: { id: string }) => job(id, told.get(id) ?? 'done')),
  }
  const live = {
    subscribe: (listener: (event: ServerEvent) => void) => {
      listeners.push(listener)
      return () => {}
    },
    onReconnect: () => () => {},
    onPoll: (listener: () => void) => {
      poll = listener
      return () => {}
    },
  }
  const batch = createBatch({ client, live })
  const emit = (next: CaptionJob) => {
    told.set(next.id, next.status)
    for (const listener of listeners)
      listener({ id: '1', actor: 'local', at: '', type: 'job', data: next })
  }
  const statuses = () => batch.state.get().items.map(itemStatus)
  return { batch, client, emit, statuses, poll: () => poll() }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('each file becomes a job and follows its events', async () => {
  const { batch, emit, statuses } = createTestBatch()
  batch.add([image('a'), image('b')], {})
  expect(statuses()).toEqual(['uploading', 'uploading'])
  await settle()
  expect(statuses()).toEqual(['queued', 'queued'])
  emit(job('job-a', 'processing'))
  emit(job('job-b', 'done'))
  expect(statuses()).toEqual(['processing', 'done'])
})

test('a job that is done before its upload is answered remains done', async () => {
  const { batch, emit, statuses } = createTestBatch()
  batch.add([image('a')], {})
  emit(job('job-a', 'done'))
  await settle()
  expect(statuses()).toEqual(['done'])
})

test('a bad file does not stop the others', async () => {
  const { batch, client, statuses } = createTestBatch()
  client.submitCaptionJob.mockRejectedValueOnce(new ApiError(422, 'corrupt-image', 'Damaged.'))
  const text = new File(['words'], 'notes.txt', { type: 'text/plain' })
  batch.add([image('bad'), text, image('good')], {})
  await settle()
  expect(statuses()).toEqual(['failed', 'failed', 'queued'])
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(2)
})

test('stop cancels the jobs on the server and uploads nothing more', async () => {
  const { batch, client, statuses } = createTestBatch()
  batch.add(['a', 'b', 'c', 'd', 'e', 'f'].map(image), {})
  batch.stop()
  await settle()
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(4)
  expect(client.cancelJob).toHaveBeenCalledTimes(4)
  expect(statuses().slice(4)).toEqual(['canceled', 'canceled'])
})

test('a job whose image was rejected can be forced', async () => {
  const { batch, client, emit, statuses } = createTestBatch()
  batch.add([image('a')], {})
  await settle()
  emit(job('job-a', 'failed'))
  batch.retry(0, { force: true })
  await settle()
  expect(client.retryJob).toHaveBeenCalledWith({ id: 'job-a', body: { force: true } })
  expect(statuses()).toEqual(['queued'])
})

test('a failed job is retried on the server, a failed upload is sent again', async () => {
  const { batch, client, emit, statuses } = createTestBatch()
  client.submitCaptionJob.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  batch.add([image('a'), image('b')], {})
  await settle()
  emit(job('job-b', 'failed'))
  for (const { key } of batch.state.get().items) batch.retry(key)
  await settle()
  expect(client.retryJob).toHaveBeenCalledWith({ id: 'job-b', body: {} })
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(3)
  expect(statuses()).toEqual(['queued', 'queued'])
})

test('items are counted by how they ended', async () => {
  const { batch, emit } = createTestBatch()
  batch.add(['a', 'b', 'c'].map(image), {})
  await settle()
  emit(job('job-a', 'done'))
  emit(job('job-b', 'failed'))
  expect(countItems(batch.state.get().items)).toEqual({
    total: 3,
    settled: 2,
    done: 1,
    failed: 1,
    canceled: 0,
  })
})

test('without a stream of events the batch polls its jobs', async () => {
  const { batch, statuses, poll } = createTestBatch()
  batch.add([image('a')], {})
  await settle()
  poll()
  await settle()
  expect(statuses()).toEqual(['done'])
})
