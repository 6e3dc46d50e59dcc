import { setTimeout as sleep } from 'node:timers/promises'
import type { CaptionChain } from '@descry/captioners'
import { CaptionerFailure } from '@descry/captioners'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  after,
  hang,
  scripted,
  untilTold,
} from '../../../captioners/test/chain/scripted-captioner.ts'
import { failureOf, wish, withDefaults } from '../../../captioners/test/chain/wish.ts'
import { type ChainWorld, openChainWorld } from './open-databases.ts'

const dog = 'a dog on a beach'
/** However long a busy machine takes. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
const times = (n: number) => Array.from({ length: n }, (_, i) => i)

describe('limits', () => {
  let world: ChainWorld
  beforeAll(async () => {
    world = await openChainWorld()
  })
  afterAll(() => world.close())

  const leases = async (captioner: string) => {
    const rows = await world.db
      .selectFrom('captioner_leases')
      .selectAll()
      .where('captioner', '=', captioner)
      .execute()
    return rows.length
  }
  /** A clock that stands still. */
  const clockAt = (time: string) => () => new Date(time)

  test('200 captions with 20 places come in 10 rounds of 20', async () => {
    const chain = await world.openChain()
    const inside: (() => void)[] = []
    const act = async () => {
      const end = new Promise<void>((resolve) => inside.push(resolve))
      if (inside.length === 20) for (const leave of inside.splice(0)) leave()
      await end // nobody leaves before every place is taken
      return dog
    }
    const first = scripted('rounds', act, { limits: { parallel: 20 } })
    await Promise.all(times(200).map(() => chain.run([first], wish, withDefaults())))
    expect(first.calls.length).toBe(200)
    expect(first.busiest).toBe(20)
    expect(await leases('rounds')).toBe(0)
  })

  test('those who wait come in in the order in which they came', async () => {
    const chain = await world.openChain()
    const order: string[] = []
    const first = scripted(
      'line',
      async ({ prompt }) => {
        order.push(prompt)
        await sleep(5)
        return dog
      },
      { limits: { parallel: 1 } },
    )
    await Promise.all(
      times(20).map((i) => chain.run([first], { ...wish, prompt: `${i}` }, withDefaults())),
    )
    expect(order).toEqual(times(20).map(String))
  })

  test('two processes keep one limit of requests at a time, and neither starves', async () => {
    let inHand = 0
    let busiest = 0
    const shared = () =>
      scripted(
        'shared',
        async () => {
          inHand += 1
          busiest = Math.max(busiest, inHand)
          await sleep(20)
          inHand -= 1
          return dog
        },
        { limits: { parallel: 4 } },
      )
    const chains = [await world.openChain(), await world.openChain()]
    const captioners = chains.map(shared)
    const others = await Promise.all(
      chains.map(async (chain, i) => {
        const captioner = captioners[i]!
        await Promise.all(times(40).map(() => chain.run([captioner], wish, withDefaults())))
        return captioners[1 - i]!.calls.length
      }),
    )
    expect(busiest).toBe(4)
    expect(Math.min(...others)).toBeGreaterThan(20) // when the first had asked all its 40
  })

  test('when the minute is full, the rest waits for the next one, two processes together', async () => {
    let time = Date.parse('2026-03-01T12:00:59.300Z')
    const clock = () => new Date(time)
    const minutes: number[] = []
    const paced = () =>
      scripted(
        'paced',
        async () => {
          minutes.push(clock().getUTCMinutes())
          // Time enough for an eleventh request to come in, if nothing held it back.
          if (minutes.length === 10) setTimeout(() => (time += 1000), 300)
          return dog
        },
        { limits: { perMinute: 10 } },
      )
    const chains = [await world.openChain({ clock }), await world.openChain({ clock })]
    await Promise.all(
      chains.flatMap((chain) => {
        const captioner = paced()
        return times(10).map(() => chain.run([captioner], wish, withDefaults()))
      }),
    )
    expect(minutes.filter((minute) => minute === 0).length).toBe(10)
    expect(minutes.filter((minute) => minute === 1).length).toBe(10)
  })

  test('the next captioner is asked when the next minute is too far', async () => {
    const chain = await world.openChain({ clock: clockAt('2026-03-01T13:00:00Z') })
    const first = scripted('far', dog, { limits: { perMinute: 1 } })
    const next = scripted('next', dog)
    const ask = () => chain.run([first, next], wish, withDefaults({ timeoutMs: 5000 }))
    expect((await ask()).captioner).toBe(first)
    const { captioner, trace } = await ask()
    expect(captioner).toBe(next)
    expect(trace.steps[0]).toMatchObject({
      outcome: 'rate-limited',
      attempt: 0,
      reason: 'far may be asked 1 times a minute, and was.',
    })
  })

  test('when the day is full, it says how long it is until midnight UTC', async () => {
    const clock = clockAt('2026-03-01T22:00:00Z')
    const chain = await world.openChain({ clock })
    const first = scripted('daily', dog, { limits: { perDay: 3 } })
    const ask = () => chain.run([first], wish, withDefaults())
    await Promise.all(times(3).map(ask))
    const failure = await failureOf(ask())
    expect(failure).toMatchObject({ outcome: 'rate-limited', chain: { retry: true } })
    expect(failure.retryAfterMs).toBe(2 * 3_600_000)
    expect(first.calls.length).toBe(3)

    const tomorrow = await world.openChain({ clock: clockAt('2026-03-02T00:00:01Z') })
    await tomorrow.run([first], wish, withDefaults())
    expect(first.calls.length).toBe(4)
  })

  test('the fallbacks of a captioner share its limits', async () => {
    const limits = { perDay: 2 }
    const fallback = scripted('family#b', dog, { limits })
    const first = scripted('family', 'bad-request', { limits, fallbacks: [fallback] })
    const chain = await world.openChain()
    await chain.run([first], wish, withDefaults())
    expect(await failureOf(chain.run([first], wish, withDefaults()))).toMatchObject({
      outcome: 'rate-limited',
    })
    expect([first.calls.length, fallback.calls.length]).toEqual([1, 1])
  })

  test('nobody waits in line for one that died meanwhile', async () => {
    const chain = await world.openChain()
    const everyPlace = Promise.withResolvers<void>()
    let inside = 0
    const act = async () => {
      if (++inside === 5) everyPlace.resolve()
      await everyPlace.promise // so that it dies with all its places taken
      throw new CaptionerFailure('timed-out', 'No answer.')
    }
    const dead = scripted('dead', act, { limits: { parallel: 5 } })
    const next = scripted('next', dog)
    const steps = [dead, next]
    const results = await Promise.all(times(60).map(() => chain.run(steps, wish, withDefaults())))
    expect(results.every(({ captioner }) => captioner === next)).toBe(true)
    expect(dead.calls.length).toBe(5)
    expect(await leases('dead')).toBe(0)
  })

  test('the only captioner is waited for when it fails for a moment, in line and out of it', async () => {
    const failures = times(6).map(() => 'unreachable')
    const shaky = scripted('shaky', [...failures, dog], { limits: { parallel: 6 } })
    const chain = await world.openChain({ timing: { coolMs: 150 } })
    const runs = times(30).map(() => chain.run([shaky], wish, withDefaults()))
    expect((await Promise.all(runs)).length).toBe(30)
  })

  test('who cannot get a place in time asks the next captioner', async () => {
    const chain = await world.openChain()
    const { act, answer } = untilTold()
    const full = scripted('full', act, { limits: { parallel: 1 } })
    const inHand = chain.run([full], wish, withDefaults())
    await eventually(() => expect(full.calls.length).toBe(1))
    const steps = [full, scripted('next', dog)]
    const { captioner, trace } = await chain.run(steps, wish, withDefaults({ timeoutMs: 1000 }))
    expect(captioner.name).toBe('next')
    expect(trace.steps[0]).toMatchObject({ outcome: 'rate-limited', attempt: 0 })
    expect(trace.steps[0]?.waitedMs).toBeGreaterThan(490) // half of the chain's time
    answer()
    await inHand
  })

  test('who gives up frees its place at once, for this process and the others', async () => {
    const chains: CaptionChain[] = [await world.openChain(), await world.openChain()]
    const [mine, others] = chains
    const deaf = scripted('deaf', [hang, dog], { limits: { parallel: 1 } })
    const caller = new AbortController()
    const inHand = mine?.run([deaf], wish, withDefaults({ signal: caller.signal }))
    await eventually(() => expect(deaf.calls.length).toBe(1))
    const waiting = others?.run([deaf], wish, withDefaults())
    await eventually(async () => expect(await leases('deaf')).toBe(2))
    expect(deaf.calls.length).toBe(1)
    caller.abort(new Error('gone'))
    await expect(inHand).rejects.toThrow('gone')
    expect((await waiting)?.output.text).toBe(dog)
    for (const chain of chains) await chain.dispose()
    expect(await leases('deaf')).toBe(0)
  })

  test('who gives up while in line leaves nothing behind', async () => {
    const [mine, others] = [await world.openChain(), await world.openChain()]
    const { act, answer } = untilTold()
    const slow = scripted('slow', act, { limits: { parallel: 1 } })
    const inHand = mine.run([slow], wish, withDefaults())
    await eventually(() => expect(slow.calls.length).toBe(1))
    const caller = new AbortController()
    const waiting = failureOf(others.run([slow], wish, withDefaults({ signal: caller.signal })))
    await eventually(async () => expect(await leases('slow')).toBe(2))
    caller.abort()
    await waiting
    answer()
    await inHand
    await others.dispose()
    expect(await leases('slow')).toBe(0)
  })

  test('a long request keeps its place as long as its process lives', async () => {
    const timing = { leaseSeconds: 1 }
    const chain = await world.openChain({ timing })
    const other = await world.openChain({ timing })
    const long = scripted('long', after(2500, dog), { limits: { parallel: 1 } })
    await Promise.all([chain, other].map((process) => process.run([long], wish, withDefaults())))
    expect(long.busiest).toBe(1)
  })

  test('nothing went wrong behind the scenes', () => {
    expect(world.errors).toEqual([])
  })
})
