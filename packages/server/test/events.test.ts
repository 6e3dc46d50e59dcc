import { Event, type Job } from '@descry/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
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
    expect(event).toMatchObject({ caption: { id: captions[0].id } })
    close()
  })

  test('a job tells each of its states, in order', async () => {
    const { events, close } = listen()
    const worker = await world.startWorker()
    const job: Job = await caption('/api/jobs/captions')
    const states = () =>
      events.flatMap((event) =>
        event.type === 'job' && event.job.id === job.id ? [event.job.status] : [],
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
    expect(second.events.map((event) => event.type === 'caption' && event.caption.id)).toEqual(
      missed,
    )
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
    expect(Event.parse(JSON.parse(message))).toMatchObject({ caption: { id: captions[0].id } })
    socket.close()
  })

  test('a WebSocket from a page elsewhere is refused', async () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/api/events`, {
      origin: 'https://evil.example',
    })
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(error.message).toContain('403')
  })
})
