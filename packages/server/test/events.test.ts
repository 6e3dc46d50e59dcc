import { randomUUID } from 'node:crypto'
import { Event, type Job } from '@descry/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { localCaller } from '../src/access/caller.ts'
import { type NewEvent, publish } from '../src/db/events.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

describe('events', () => {
  let world: World
  let address: string
  beforeAll(async () => {
    world = await openWorld()
    address = await world.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => world.close())

  const caption = async (path = '/api/captions') => {
    const { headers, payload } = upload(await makeImage())
    return (await world.app.inject({ method: 'POST', url: path, headers, payload })).json()
  }

  /** Reads the stream in the background. */
  function listen(headers: Record<string, string> = {}) {
    const controller = new AbortController()
    const events: Event[] = []
    const reading = fetch(`${address}/api/events`, { headers, signal: controller.signal }).then(
      async (response) => {
        expect(response.headers.get('content-type')).toContain('text/event-stream')
        let text = ''
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString()
          const blocks = text.split('\n\n')
          text = blocks.pop() ?? ''
          for (const block of blocks) {
            const data = block.match(/^data: (.*)$/m)?.[1]
            if (data) events.push(Event.parse(JSON.parse(data)))
          }
        }
      },
    )
    reading.catch(() => {}) // aborted below
    return { events, close: () => controller.abort() }
  }

  test('a new caption reaches those who listen', async () => {
    const { events, close } = listen()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { captions } = await caption()
    const event = await until(async () => events.find(({ type }) => type === 'caption'))
    expect(event).toMatchObject({ type: 'caption', data: { id: captions[0].id } })
    close()
  })

  test('a job tells each of its states, in order', async () => {
    const { events, close } = listen()
    const worker = await world.startWorker()
    const job: Job = await caption('/api/jobs/captions')
    const states = () =>
      events.flatMap((event) =>
        event.type === 'job' && event.data.id === job.id ? [event.data.status] : [],
      )
    await until(async () => states().includes('done'))
    expect(states()).toEqual(['queued', 'processing', 'done'])
    await worker.stop()
    close()
  })

  test('who comes back with the last id gets what was missed, once, and then what comes', async () => {
    const first = listen()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await caption()
    const last = await until(async () => first.events.at(-1))
    first.close()
    const missed = [(await caption()).captions[0].id, (await caption()).captions[0].id]

    const second = listen({ 'last-event-id': last.id })
    await until(async () => second.events.length >= 2)
    missed.push((await caption()).captions[0].id)
    await until(async () => second.events.length >= 3)
    expect(second.events.map((event) => event.type === 'caption' && event.data.id)).toEqual(missed)
    second.close()
  })

  test('who comes with an id from the future, of another database, hears what comes', async () => {
    const { events, close } = listen({ 'last-event-id': '999999999' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    await caption()
    await until(async () => events.length > 0)
    close()
  })

  test('the same comes over WebSocket', async () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/events`)
    const messages: string[] = []
    socket.on('message', (data) => messages.push(String(data)))
    await new Promise((resolve) => socket.once('open', resolve))
    const { captions } = await caption()
    const message = await until(async () => messages[0])
    expect(Event.parse(JSON.parse(message))).toMatchObject({
      type: 'caption',
      data: { id: captions[0].id },
    })
    socket.close()
  })

  test('a WebSocket from a page elsewhere is refused', async () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/events`, {
      origin: 'https://evil.example',
    })
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(error.message).toContain('403')
  })

  test('50 writers at once, one of them asleep: all events come once, in one order, and nobody waits', async () => {
    const { db } = world.deps
    const caller = localCaller('test')
    const told: { id: bigint; name: string; at: number }[] = []
    const stop = world.deps.events.subscribe('all', ({ id, type, data }) => {
      if (type === 'job') told.push({ id: BigInt(id), name: data.kind, at: performance.now() })
    })
    const event = (kind: string): NewEvent => ({
      type: 'job',
      data: {
        ...{ id: randomUUID(), kind, parentId: null, status: 'queued', error: null },
        ...{ progress: { done: 0, failed: 0, total: 1 }, runAfter: null },
      },
    })
    let wake = () => {}
    const asleep = inTransaction(db, async (tx) => {
      await publish(tx, caller, [event('sleeper')])
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    })
    const written = new Map<string, number>()
    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        for (const name of [`${writer}-a`, `${writer}-b`]) {
          await inTransaction(db, (tx) => publish(tx, caller, [event(name)]))
          written.set(name, performance.now())
        }
      }),
    )
    await until(async () => told.length === 100)
    const delays = told.map(({ name, at }) => at - (written.get(name) ?? at))
    expect(Math.max(...delays)).toBeLessThan(1000)
    wake()
    await asleep
    await until(async () => told.length === 101)
    stop()
    expect(told.at(-1)?.name).toBe('sleeper')
    expect(new Set(told.map(({ name }) => name)).size).toBe(101)
    expect(told.every(({ id }, i) => i === 0 || id > (told[i - 1]?.id ?? 0n))).toBe(true)
    for (let writer = 0; writer < 50; writer++) {
      const place = (name: string) => told.findIndex((one) => one.name === name)
      expect(place(`${writer}-a`)).toBeLessThan(place(`${writer}-b`))
    }
  })
})
