import { ApiError, type BatchJob, type CaptionJob, type ImageSource } from '@descry/contract'
import { expect, test, vi } from 'vitest'
import { createUploads } from './create-uploads.ts'

const image = (name: string) => new File(['pixels'], name, { type: 'image/jpeg' })
const images = (...names: string[]) => names.map(image)
const nameOf = (source: ImageSource) => ('file' in source ? (source.name ?? '') : source.url)
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

function createTestUploads() {
  const arrived: string[] = []
  const batch = { items: 0, total: 12 }
  const client = {
    submitCaptionJob: vi.fn(
      async ({ image: source }: { image: ImageSource }, _options?: object) => {
        batch.items++
        return { id: nameOf(source), parentId: 'holiday' } as CaptionJob
      },
    ),
    getJob: vi.fn(
      async () =>
        ({
          kind: 'batch',
          status: 'processing',
          items: batch.items,
          progress: { total: batch.total },
        }) as BatchJob,
    ),
    closeBatch: vi.fn(async () => ({}) as BatchJob),
  }
  const pauses: number[] = []
  const pause = async (ms: number) => pauses.push(ms)
  const uploads = createUploads({ client, onSent: ({ id }) => arrived.push(id), pause })
  const states = () => uploads.state.get().map(({ file, state }) => [file.name, state])
  return { uploads, client, batch, arrived, pauses, states }
}

test('files are sent a few at a time, in their order, and forgotten when they have arrived', async () => {
  const { uploads, client, arrived, states } = createTestUploads()
  const options = { styles: ['alt' as const] }
  uploads.add('holiday', images('a', 'b', 'c', 'd', 'e', 'f'), options)
  expect(states().filter(([, state]) => state === 'uploading')).toHaveLength(4)
  await settle()
  expect(arrived).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(states()).toEqual([])
  expect(client.submitCaptionJob.mock.calls[0]?.[0]).toEqual({
    image: { file: expect.any(File), name: 'a' },
    options: { ...options, batchId: 'holiday' },
  })
  expect(client.closeBatch).not.toHaveBeenCalled()
})

test('a bad file stops none of the others, and the batch does not wait for it', async () => {
  const { uploads, client, batch, arrived, states } = createTestUploads()
  batch.total = 4
  client.submitCaptionJob.mockRejectedValueOnce(new ApiError(422, 'corrupt-image', 'Damaged.'))
  const text = new File(['words'], 'notes.txt', { type: 'text/plain' })
  uploads.add('holiday', [image('bad'), text, ...images('a', 'b')], {})
  await settle()
  expect(arrived).toEqual(['a', 'b'])
  expect(states()).toEqual([
    ['bad', 'refused'],
    ['notes.txt', 'refused'],
  ])
  expect(client.closeBatch).toHaveBeenCalledWith({ id: 'holiday' })
})

test('a batch whose last missing file is no image is closed', async () => {
  const { uploads, client, batch } = createTestUploads()
  Object.assign(batch, { items: 11, total: 12 })
  uploads.add('holiday', [new File(['words'], 'notes.txt', { type: 'text/plain' })], {})
  await settle()
  expect(client.closeBatch).toHaveBeenCalledWith({ id: 'holiday' })
})

test('a batch that still waits for other files is not closed because one was refused', async () => {
  const { uploads, client } = createTestUploads()
  client.submitCaptionJob.mockRejectedValueOnce(new ApiError(422, 'corrupt-image', 'Damaged.'))
  uploads.add('holiday', images('bad', 'a'), {})
  await settle()
  expect(client.getJob).toHaveBeenCalled()
  expect(client.closeBatch).not.toHaveBeenCalled()
})

test('while the server is out of reach the files wait, longer each time', async () => {
  const { uploads, client, arrived, pauses } = createTestUploads()
  const lost = new TypeError('Failed to fetch')
  client.submitCaptionJob
    .mockRejectedValueOnce(lost)
    .mockRejectedValueOnce(new ApiError(503, 'stopping', 'The server is shutting down.'))
  uploads.add('holiday', images('a'), {})
  await settle()
  expect(arrived).toEqual(['a'])
  expect(pauses).toEqual([1000, 2000])
  const keys = client.submitCaptionJob.mock.calls.map(([, sent]) => sent)
  expect(keys[0]).toEqual({ idempotencyKey: expect.stringMatching(/-0$/) })
  expect(keys).toEqual([keys[0], keys[0], keys[0]])
})

test('a file that was moved away is refused instead of being sent for ever', async () => {
  const { uploads, client } = createTestUploads()
  client.submitCaptionJob.mockRejectedValue(new TypeError('Failed to fetch'))
  const moved = image('moved')
  vi.spyOn(moved, 'slice').mockImplementation(() => {
    throw new DOMException('The file was moved.', 'NotFoundError')
  })
  uploads.add('holiday', [moved], {})
  await settle()
  expect(uploads.state.get()).toMatchObject([
    { state: 'refused', error: { message: expect.stringContaining('“moved” can no longer') } },
  ])
})

test('a failure of the server leaves the batch open, and its file can be sent again', async () => {
  const { uploads, client, batch, arrived, states } = createTestUploads()
  batch.total = 2
  client.submitCaptionJob.mockRejectedValueOnce(new ApiError(500, 'internal', 'A bug.'))
  uploads.add('holiday', images('a', 'b'), {})
  await settle()
  expect(states()).toEqual([['a', 'refused']])
  expect(client.closeBatch).not.toHaveBeenCalled()
  uploads.retry('holiday')
  await settle()
  expect(arrived).toEqual(['b', 'a'])
})

test('a batch that has ended takes none of the files that wait', async () => {
  const { uploads, client, states } = createTestUploads()
  client.submitCaptionJob.mockRejectedValue(new ApiError(409, 'conflict', 'It is canceled.'))
  uploads.add('holiday', images('a', 'b', 'c', 'd', 'e', 'f'), {})
  await settle()
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(4)
  expect(states().every(([, state]) => state === 'refused')).toBe(true)
})

test('dropping a batch sends nothing more of it, and leaves other batches alone', async () => {
  const { uploads, client, arrived } = createTestUploads()
  uploads.add('holiday', images('a', 'b', 'c', 'd', 'e', 'f'), {})
  uploads.add('garden', images('g'), {})
  uploads.drop('holiday')
  await settle()
  expect(arrived).toEqual(['a', 'b', 'c', 'd', 'g'])
  expect(client.submitCaptionJob).toHaveBeenCalledTimes(5)
})
