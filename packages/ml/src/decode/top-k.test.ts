import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTopK } from './top-k.ts'

test('the greatest are those that sorting puts first, equal ones by key', () => {
  const rows = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 }), {
    maxLength: 4,
  })
  const property = fc.property(rows, fc.integer({ min: 1, max: 30 }), (offered, k) => {
    const top = createTopK(k)
    for (const [first, row] of offered.entries())
      top.offer(Float64Array.from(row), { plus: first, stride: offered.length, first })

    const all = offered.flatMap((row, first) =>
      row.map((value, v) => ({ value: value + first, key: v * offered.length + first })),
    )
    const sorted = all.sort((a, b) => b.value - a.value || a.key - b.key)
    expect(top.take()).toEqual(sorted.slice(0, k).map(({ key }) => key))
    expect(top.take()).toEqual([])
  })
  fc.assert(property, { numRuns: 300 })
})

test('minus infinity is no offer', () => {
  const top = createTopK(3)
  top.offer(new Float64Array([-Infinity, 1, -Infinity]))
  expect(top.take()).toEqual([1])
})
