import { setTimeout as sleep } from 'node:timers/promises'
import type { CaptionerChange } from '@descry/contract'
import { expect, test } from 'vitest'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'
import { createChain } from '../../src/chain/create-chain.ts'
import { memoryUsage } from '../../src/chain/memory-usage.ts'
import { hang, scripted } from './scripted-captioner.ts'
import { useVirtualTime } from './virtual-time.ts'
import { chainInMemory, failureOf, wish, withDefaults } from './wish.ts'

useVirtualTime()

const dog = 'a dog on a beach'

test('what became of a captioner is told when it changes, and can be asked for', async () => {
  const told: CaptionerChange[] = []
  const chain = createChain({
    usage: memoryUsage(),
    onError: (error) => expect.fail(String(error)),
    onChange: async ({ name, state }) => {
      told.push({ name, state })
    },
    timing: { coolMs: 100 },
  })
  const first = scripted('first', ['bad-key', 'bad-key', 'bad-key', dog, dog])
  const ask = () => chain.run([first], wish, withDefaults({ hasQueue: true }))
  expect(chain.describe(first)).toEqual({
    status: 'ok',
    until: null,
    failingSince: null,
    lastError: null,
  })

  for (let image = 0; image < 3; image++) await failureOf(ask())
  expect(told.map(({ state }) => state.status)).toEqual(['failing', 'cooling'])
  expect(chain.describe(first)).toMatchObject({
    status: 'cooling',
    lastError: { outcome: 'bad-key' },
  })
  expect(chain.listCooling().map(({ name }) => name)).toEqual(['first'])

  await sleep(110)
  expect(chain.listCooling()).toEqual([])
  await ask()
  await ask()
  expect(told.map(({ state }) => state.status)).toEqual(['failing', 'cooling', 'ok'])
  const { failingSince, lastError } = chain.describe(first)
  expect([failingSince, lastError?.outcome]).toEqual([null, 'bad-key'])
})

test('those who have a queue wait neither for a second deadline nor for the trial of another', async () => {
  const dead = scripted('dead', hang, { timeoutMs: 200 })
  const chain = chainInMemory({ coolMs: 100 })
  const ask = () => failureOf(chain.ask([dead], { hasQueue: true }))
  const started = performance.now()
  await ask()
  for (let image = 0; image < 11; image++) await ask()
  expect(performance.now() - started).toBe(200)
  expect(dead.calls.length).toBe(1)

  await sleep(110)
  const trial = ask()
  await sleep(10)
  const before = performance.now()
  expect(await ask()).toMatchObject({ outcome: 'timed-out', retryAfterMs: undefined })
  expect(performance.now()).toBe(before)
  await trial
})

test('of one that refuses connections, only the first cooldown is waited for', async () => {
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const dead = {
    ...scripted('dead', dog),
    caption: async () => {
      throw new CaptionerFailure('unreachable', 'It cannot be reached.', { cause })
    },
  }
  const chain = chainInMemory({ coolMs: 1000 })
  const ask = () => failureOf(chain.ask([dead], { longestWaitMs: 5000, timeoutMs: 600_000 }))
  const started = performance.now()
  await Promise.all(Array.from({ length: 4 }, ask))
  expect(performance.now() - started).toBeLessThan(1200)
  const before = performance.now()
  for (let image = 0; image < 8; image++) await ask()
  expect(performance.now()).toBe(before)
})

test('one that is back after its cooldown loses nothing', async () => {
  const first = scripted('first', ['unreachable', 'unreachable', 'unreachable', dog])
  const chain = chainInMemory({ coolMs: 1000 })
  const { captioner } = await chain.ask([first], { longestWaitMs: 5000 })
  expect(captioner).toBe(first)
})
