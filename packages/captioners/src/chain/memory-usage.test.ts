import { describe } from 'vitest'
import { testUsageStore } from '../../test/chain/usage-store-contract.ts'
import { memoryUsage } from './memory-usage.ts'

describe('usage in memory', () => {
  testUsageStore(() => {
    let now = 0
    return {
      usage: memoryUsage({ now: () => now }),
      organizations: ['a', 'b'],
      set: (time) => {
        now = Date.parse(time)
      },
    }
  })
})
