import {
  ApiError,
  type ImageSource,
  type Job,
  type JobRetry,
  type Event as ServerEvent,
} from '@descry/contract'
import { expect, test, vi } from 'vitest'
import { countItems, itemStatus } from './batch-item.ts'
import { createBatch } from './create-batch.ts'

const job = (id: string, status: Job['status'] = 'queued') => ({ id, status }) as Job
const picture = (name: string) => new File(['pixels'], name, { type: 'image/jpeg' })

function world() {
  let tick = () => {}
  const listeners: ((event: ServerEvent) => void)[] = []
  const client = {
    submitCaptionJob: vi.fn(async ({ image }: { image: ImageSource }) =>
      job('name' in image ? `job-${image.name}` : ''),
    ),
    cancelJob: vi.fn(async ({ id }: { id: string }) => job(id, 'canceled')),
    retryJob: vi.fn(async ({ id }: { id: string; body?: JobRetry | null | undefined }) =>
      job(id, 'queued'),
    ),
    getJob: vi.fn(async ({ id }: { id: string }) => job(id, 'done')),
  }
  const live = {
    subscribe: (listener: (event: ServerEvent) => void) => {
      listeners.push(listener)
      return () => {}
    },
    onReconnect: () => () => {},
    onPoll: (listener: () => void) => {
      tick = listener
      return () => {}
    },
  }
  const batch = createBatch({ client, live })
  const tell = (next: Job) => {
    for (const listener of listeners) listener({ id: '1', type: 'job', job: next })
  }
  const statuses = () => batch.state.get().items.map(itemStatus)
  return { batch, client, tell, statuses, tick: () => tick() }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('each file becomes a job and follows its events', async () => {
  const { batch, tell, statuses } = world()
  batch.add([picture('a'), picture('b')], {})
  expect(statuses()).toEqual(['uploading', 'uploading'])
  await settle()
  expect(statuses()).toEqual(['queued', 'queued'])
  tell(job('job-a', 'processing'))
  tell(job('job-b', 'done'))
  expect(statuses()).toEqual(['processing', 'done'])
})

test('a job that is done before its upload is answered stays done', async () => {
  const { batch, tell, statuses } = world()
  batch.add([picture('a')], {})
  tell(job('job-a', 'done'))
  await settle()
  expect(statuses()).toEqual(['done'])
})

test('one bad file stops no other', async () => {
  const { batch, client, statuses } = world()
  client.submitCaptionJob.mockRejectedValueOnce(new ApiError(422, 'corrupt-image', 'Damaged.'))
  const text = new File(['words'], 'notes.txt', { type: 'text/plain' })
  batch.add([picture('bad'), text, picture('good')], {})
  await settle()
  expect(statuses()).toEqual(['failed', 'failed', 'queued'])
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(2)
})

test('stop cancels what is on the server and sends nothing more', async () => {
  const { batch, client, statuses } = world()
  batch.add(['a', 'b', 'c', 'd', 'e', 'f'].map(picture), {})
  batch.stop()
  await settle()
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(4)
  expect(client.cancelJob).toHaveBeenCalledTimes(4)
  expect(statuses().slice(4)).toEqual(['canceled', 'canceled'])
})

test('a job whose image was turned down is captioned anyway when told to', async () => {
  const { batch, client, tell, statuses } = world()
  batch.add([picture('a')], {})
  await settle()
  tell(job('job-a', 'failed'))
  batch.retry(0, { force: true })
  await settle()
  expect(client.retryJob).toHaveBeenCalledWith({ id: 'job-a', body: { force: true } })
  expect(statuses()).toEqual(['queued'])
})

test('a failed job is retried on the server, a refused file is sent again', async () => {
  const { batch, client, tell, statuses } = world()
  client.submitCaptionJob.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  batch.add([picture('a'), picture('b')], {})
  await settle()
  tell(job('job-b', 'failed'))
  for (const { key } of batch.state.get().items) batch.retry(key)
  await settle()
  expect(client.retryJob).toHaveBeenCalledWith({ id: 'job-b', body: {} })
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(3)
  expect(statuses()).toEqual(['queued', 'queued'])
})

test('counts say how many are settled and how', async () => {
  const { batch, tell } = world()
  batch.add(['a', 'b', 'c'].map(picture), {})
  await settle()
  tell(job('job-a', 'done'))
  tell(job('job-b', 'failed'))
  expect(countItems(batch.state.get().items)).toEqual({
    total: 3,
    settled: 2,
    done: 1,
    failed: 1,
    canceled: 0,
  })
})

test('without a stream of events the list asks for itself', async () => {
  const { batch, statuses, tick } = world()
  batch.add([picture('a')], {})
  await settle()
  tick()
  await settle()
  expect(statuses()).toEqual(['done'])
})
