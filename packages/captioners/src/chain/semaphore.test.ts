import { expect, test } from 'vitest'
import { semaphore } from './semaphore.ts'

const never = new AbortController().signal

test('as many as there are slots are let in, the next one when one is released', async () => {
  const slots = semaphore(1)
  const release = await slots.acquire(never)
  expect(slots.isFull).toBe(true)
  const next = slots.acquire(never)
  release()
  const releaseToo = await next
  expect(slots.isFull).toBe(true)
  releaseToo()
})

test('who gives up is passed over, and takes no slot', async () => {
  const slots = semaphore(1)
  const release = await slots.acquire(never)
  const caller = new AbortController()
  const gone = slots.acquire(caller.signal)
  const next = slots.acquire(never)
  caller.abort(new Error('gone'))
  await expect(gone).rejects.toThrow('gone')
  release()
  ;(await next)()
  await expect(slots.acquire(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
  await slots.acquire(never)
})
