import { expect, test } from 'vitest'
import { weightedQueue } from './decode-queue.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('light work goes together, heavy work alone, and nobody overtakes', async () => {
  const { enter } = weightedQueue(10)
  const begun: string[] = []
  const leave = new Map<string, () => void>()
  const begin = (name: string, weight: number) =>
    void enter(weight).then((end) => {
      begun.push(name)
      leave.set(name, end)
    })
  begin('a', 4)
  begin('b', 4)
  begin('heavy', 50)
  begin('c', 1)
  await settle()
  expect(begun).toEqual(['a', 'b'])
  leave.get('a')?.()
  await settle()
  expect(begun).toEqual(['a', 'b'])
  leave.get('b')?.()
  await settle()
  expect(begun).toEqual(['a', 'b', 'heavy'])
  leave.get('heavy')?.()
  await settle()
  expect(begun).toEqual(['a', 'b', 'heavy', 'c'])
})
