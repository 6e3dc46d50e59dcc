import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What can go wrong with a provider; `good` is what should come back. */
export const faults = {
  hang: () => {},
  reset: (response) => response.socket?.destroy(),
  'reset in the answer': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
    response.write('{"choices": [{', () => response.socket?.destroy())
  },
  drip: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(timer))
  },
  429: (response) => send(response, 429, { error: { message: MARK('Slow down.') } }),
  '429 with Retry-After': (response) =>
    send(response, 429, { error: { message: MARK('Slow down.') } }, { 'retry-after': '0.05' }),
  500: (response) => send(response, 500, { error: { message: MARK('CUDA out of memory') } }),
  503: (response) => send(response, 503, MARK('upstream connect error')),
  'HTML with 502': (response) =>
    send(response, 502, `<html>${MARK('502 Bad Gateway')}</html>`, { 'content-type': 'text/html' }),
  'HTML with 200': (response) =>
    send(response, 200, `<html>${MARK('Please sign in')}</html>`, { 'content-type': 'text/html' }),
  'HTML as text': (response) =>
    say(response, `<!DOCTYPE html><html><body>${MARK('Oops')}</body></html>`),
  'invalid JSON': (response) => send(response, 200, `{"choices": [{"${MARK('message')}": `),
  'no choices': (response) => send(response, 200, { choices: [], note: MARK('none') }),
  'wrong content type': (response) =>
    send(response, 200, completion(''), { 'content-type': 'image/png' }),
  'error with 200': (response) => send(response, 200, { error: { message: MARK('Overloaded') } }),
  'error as text': (response) => say(response, `Error: 500 Internal Server Error ${MARK('')}`),
  'expired key': (response) =>
    send(response, 401, { error: { code: 'invalid_api_key', message: MARK('The key expired.') } }),
  empty: (response) => say(response, ''),
  'white space': (response) => say(response, ' \n\t '),
  refusal: (response) => say(response, `I'm sorry, but I can't describe this image. ${MARK('')}`),
  'content filter': (response) => send(response, 200, completion('', 'content_filter')),
  'thoughts only': (response) => say(response, `<think>${MARK('What is this? A dog, I think.')}`),
  'cut off': (response) => send(response, 200, completion(`A ${MARK('dog')} on a`, 'length')),
} satisfies Record<string, (response: ServerResponse) => unknown>

export type Fault = keyof typeof faults

/** Stands in every text that is no caption, so that one that was stored is found. */
export const FAULTY = 'ZZFAULTZZ'
const MARK = (text: string) => `${FAULTY} ${text}`

type Options = {
  /** From 0 to 1, for each request. */
  random: () => number
  /** The share of requests that go well. */
  good: number
  /** Milliseconds of a good answer. */
  ms?: number
}

/** A server of OpenAI's dialect that fails in all ways there are, by chance, and counts what it is asked. */
export async function startFaultyProvider({ random, good, ms = 20 }: Options) {
  const names = Object.keys(faults) as Fault[]
  const met = new Map<Fault | 'good', number>()
  const times: number[] = []
  const asked: string[] = []
  let inFlight = 0
  let busiest = 0

  const server = createServer(async (request, response) => {
    times.push(performance.now())
    inFlight += 1
    busiest = Math.max(busiest, inFlight)
    response.on('close', () => {
      inFlight -= 1
    })
    asked.push(digest(await buffer(request)))
    const fault = random() < good ? 'good' : pick(names, random())
    met.set(fault, (met.get(fault) ?? 0) + 1)
    if (fault !== 'good') return faults[fault](response)
    setTimeout(() => say(response, goodCaption(times.length)), ms)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** How often each fault was met. */
    met,
    /** Of each request, in the order they came: which it was. */
    asked,
    requests: () => times.length,
    busiest: () => busiest,
    /** The most requests within any 60 seconds. */
    mostAMinute: () => {
      let first = 0
      return times.reduce((most, time, last) => {
        while (time - (times[first] ?? 0) >= 60_000) first++
        return Math.max(most, last - first + 1)
      }, 0)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

export const GOOD = /^A brown dog, the \d+ of its litter, runs on a beach\.$/
const goodCaption = (number: number) => `A brown dog, the ${number} of its litter, runs on a beach.`

const pick = <Item>(items: readonly Item[], chance: number) =>
  items[Math.floor(chance * items.length)] as Item

const completion = (content: string, finish_reason = 'stop') => ({
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason }],
})

const say = (response: ServerResponse, content: string) => send(response, 200, completion(content))

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Stands for a picture. */
export const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')

/** Mulberry32: a run that failed is repeated with its seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
