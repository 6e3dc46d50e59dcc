import { expect, test } from 'vitest'
import { waitingLine } from './waiting-line.ts'

const never = new AbortController().signal

test('as many as there are places are let in, the next one when one leaves', async () => {
  const line = waitingLine(1)
  const leave = await line.enter(never)
  expect(line.isFull).toBe(true)
  const next = line.enter(never)
  leave()
  const leaveToo = await next
  expect(line.isFull).toBe(true)
  leaveToo()
})

test('who gives up is passed over, and takes no place', async () => {
  const line = waitingLine(1)
  const leave = await line.enter(never)
  const caller = new AbortController()
  const gone = line.enter(caller.signal)
  const next = line.enter(never)
  caller.abort(new Error('gone'))
  await expect(gone).rejects.toThrow('gone')
  leave()
  ;(await next)()
  await expect(line.enter(AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
  await line.enter(never)
})
