import { randomUUID } from 'node:crypto'
import { estimateCost, estimateTime } from '@descry/captioners'
import type { Price } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Act, scripted } from '../../../captioners/test/chain/scripted-captioner.ts'
import { failureOf, wish, withDefaults } from '../../../captioners/test/chain/wish.ts'
import {
  bookLostLeases,
  deleteOldJobCosts,
  deleteOldWindows,
  getJobCost,
  listRecentMs,
  sumMonthCosts,
} from '../../src/db/captioner-usage.ts'
import { insertCaption } from '../../src/db/captions.ts'
import type { Tx } from '../../src/db/client.ts'
import { LOCAL_ORGANIZATION } from '../../src/db/tables.ts'
import { imageRow } from '../world.ts'
import { type ChainWorld, openChainWorld } from './open-databases.ts'

const dog = 'a dog on a beach'
/** A caption costs at most 2 cents: 1,005 tokens in, 1,000 out. */
const price: Price = { inputPerMillion: 10, outputPerMillion: 9.95, perImage: 0 }
const sampling = { maxTokens: 1000 }
/** One cent and a bit. */
const answer = { text: dog, usage: { inputTokens: 1000, outputTokens: 10 } }
const cost = (1000 * 10 + 10 * 9.95) / 1e6

describe('budgets', () => {
  let world: ChainWorld
  /** Each test in a month of its own. */
  let month = 0
  const nextMonth = () => {
    month += 1
    const offset = Date.UTC(2030, month, 15) - Date.now()
    return () => new Date(Date.now() + offset)
  }
  beforeAll(async () => {
    world = await openChainWorld()
  })
  afterAll(() => world.close())

  const paid = (act: Act | Act[]) => scripted('paid', act, { price, sampling })
  const spentIn = (clock: () => Date) => sumMonthCosts(world.db, LOCAL_ORGANIZATION, clock())

  test('what an answer consumed is booked, in the trace and in the month', async () => {
    const clock = nextMonth()
    const chain = await world.openChain({ clock })
    const { trace } = await chain.run([paid(answer)], wish, withDefaults())
    expect(trace.cost).toBeCloseTo(cost, 9)
    expect(trace.steps[0]).toMatchObject({ inputTokens: 1000, outputTokens: 10, cost: trace.cost })
    expect(await spentIn(clock)).toBeCloseTo(cost, 9)
  })

  test.each([
    ['an answer without numbers, by its length', { text: dog }, 0.01005 + 0.0000398],
    ['a deadline that passed, by what was read', 'timed-out', 0.01005],
    ['a request that was turned away, nothing', 'bad-request', 0],
  ] as const)('booked is, of %s', async (_case, act, expected) => {
    const clock = nextMonth()
    const chain = await world.openChain({ clock })
    await chain.run([paid(act), scripted('next', dog)], wish, withDefaults())
    expect(await spentIn(clock)).toBeCloseTo(expected, 9)
  })

  test.each([
    ['request', { budgets: { perRequest: 0.015 } }],
    ['job', { budgets: { perJob: 0.015 }, jobId: randomUUID() }],
    ['month', { budgets: { perMonth: 0.015 } }],
  ])('nothing is asked that the budget of a %s may not bear', async (scope, options) => {
    const chain = await world.openChain({ clock: nextMonth() })
    const captioner = paid(answer)
    const run = chain.run([captioner, scripted('free', dog)], wish, withDefaults(options))
    const failure = await failureOf(run)
    expect(failure).toMatchObject({ outcome: 'over-budget', chain: { retry: false } })
    expect(failure.message).toBe(
      `Asking paid may cost $0.02, and the budget of this ${scope} has $0.015 left. Raise it, or choose a captioner that costs less.`,
    )
    expect(captioner.calls).toEqual([])
  })

  test('a second attempt has to fit into what the first one left', async () => {
    const chain = await world.openChain({ clock: nextMonth() })
    const captioner = paid({ ...answer, text: '' })
    const run = chain.run([captioner], wish, withDefaults({ budgets: { perRequest: 0.025 } }))
    const failure = await failureOf(run)
    expect(failure.chain.trace.steps.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'empty',
      'over-budget',
    ])
    expect(captioner.calls.length).toBe(1)
  })

  test.each([
    ['month', { budgets: { perMonth: 0.1 }, jobId: randomUUID() }],
    ['job', { budgets: { perJob: 0.1 }, jobId: randomUUID() }],
  ])('two processes at once do not pass the last cent of a %s', async (_scope, options) => {
    const clock = nextMonth()
    const chains = [await world.openChain({ clock }), await world.openChain({ clock })]
    const { promise: allAsked, resolve } = Promise.withResolvers<void>()
    const captioners = chains.map(() => paid(() => allAsked.then(() => dog)))
    let refused = 0
    const runs = chains.flatMap((chain, i) =>
      Array.from({ length: 20 }, () =>
        chain.run([captioners[i]!], wish, withDefaults(options)).catch(() => {
          refused += 1
          if (refused === 35) resolve()
        }),
      ),
    )
    await Promise.all(runs)
    // Five fit at their worst of 2 cents each; all others came before any of these had ended.
    expect(refused).toBe(35)
    const jobCost = await getJobCost(world.db, LOCAL_ORGANIZATION, options.jobId)
    expect(jobCost).toBeCloseTo(5 * 0.0100898, 6)
    expect(await spentIn(clock)).toBeCloseTo(5 * 0.0100898, 6)
  })

  test('what was reserved and not spent is free again', async () => {
    const chain = await world.openChain({ clock: nextMonth() })
    const captioner = paid(answer)
    const budgets = { perMonth: 0.05 }
    let done = 0
    for (; done < 10; done++) {
      const run = chain.run([captioner], wish, withDefaults({ budgets }))
      if (
        await run.then(
          () => false,
          () => true,
        )
      )
        break
    }
    expect(done).toBe(3) // a little more than 3 cents are spent; the next could cost 2
  })

  test('a new month has a new budget', async () => {
    const budgets = { perMonth: 0.02 }
    for (const clock of [nextMonth(), nextMonth()]) {
      const chain = await world.openChain({ clock })
      await chain.run([paid(answer)], wish, withDefaults({ budgets }))
      await failureOf(chain.run([paid(answer)], wish, withDefaults({ budgets })))
    }
  })

  test('a request with its own key costs us nothing, and asks no budget', async () => {
    const clock = nextMonth()
    const chain = await world.openChain({ clock })
    const mine = { ...wish, apiKey: 'mine' }
    const budgets = { perMonth: 0, perRequest: 0 }
    await chain.run([paid(answer)], mine, withDefaults({ budgets }))
    expect(await spentIn(clock)).toBe(0)
  })

  test('a request whose process was killed counts with the most it could cost, and is booked so', async () => {
    const clock = nextMonth()
    const chain = await world.openChain({ clock })
    await world.db
      .insertInto('captioner_leases')
      .values({
        id: randomUUID(),
        organization_id: LOCAL_ORGANIZATION,
        captioner: 'paid',
        job_id: null,
        granted: true,
        reserved: '0.02',
        created_at: clock(),
        expires_at: new Date(clock().getTime() - 1000),
      })
      .execute()
    const budgets = { perMonth: 0.03 }
    await failureOf(chain.run([paid(answer)], wish, withDefaults({ budgets })))
    expect(await bookLostLeases(world.db, clock())).toBe(1)
    expect(await spentIn(clock)).toBeCloseTo(0.02, 9)
    await failureOf(chain.run([paid(answer)], wish, withDefaults({ budgets })))
  })

  test('the clean-up keeps months, and forgets minutes, days and old jobs', async () => {
    const clock = nextMonth()
    const chain = await world.openChain({ clock })
    const captioner = { ...paid(answer), limits: { perMinute: 9, perDay: 9 } }
    const jobId = randomUUID()
    await chain.run([captioner], wish, withDefaults({ jobId }))
    await deleteOldWindows(world.db, new Date(Date.UTC(2040, 0)))
    await deleteOldJobCosts(world.db, new Date(Date.UTC(2040, 0)))
    const rows = await world.db.selectFrom('captioner_windows').select('window_kind').execute()
    expect(new Set(rows.map((row) => row.window_kind))).toEqual(new Set(['month']))
    expect(await getJobCost(world.db, LOCAL_ORGANIZATION, jobId)).toBe(0)
    expect(await spentIn(clock)).toBeCloseTo(cost, 9)
  })

  test('what work will cost and take is estimated, from the newest captions', async () => {
    const image_id = 'a'.repeat(64)
    const organization_id = LOCAL_ORGANIZATION
    await world.db.insertInto('images').values(imageRow(image_id)).execute()
    const caption = (captioner: string, ms: number) =>
      insertCaption(world.db as Tx, {
        ...{ organization_id, id: uuidv7(), image_id, captioner, ms, text: dog, style: 'concise' },
        ...{ job_id: null, model_version: null, recipe: 'r', settings: '{}', labels: '[]' },
        ...{ confidence: null, usage: null, supersedes: null },
      })
    for (const ms of [1000, 2000]) await caption('paid', ms)
    await caption('other', 90_000)

    const work = { images: 10, styles: ['concise'] as const, prompt: wish.prompt }
    const recentOf = (captioner: string) =>
      listRecentMs(world.db, { organizationId: LOCAL_ORGANIZATION, captioner })
    expect(estimateCost(paid(answer), work)).toEqual({
      low: expect.closeTo(10 * 0.0032985),
      high: expect.closeTo(0.2),
    })
    const recentMs = await recentOf('paid')
    expect(estimateTime(paid(answer), work, { recentMs })).toEqual({ low: 10, high: 20 })
    expect(await recentOf('new')).toEqual([])
  })

  test('nothing went wrong behind the scenes', () => {
    expect(world.errors).toEqual([])
  })
})
