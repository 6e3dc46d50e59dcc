import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type ReceivedRequest = {
  method: string | undefined
  url: string | undefined
  headers: IncomingHttpHeaders
  bytes: Buffer
  /** The same as text. */
  body: string
}

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown }

/** `reset`: the connection breaks off. `drip`: a space now and then, without an end. */
type Behaviour = Answer | ((request: ReceivedRequest) => Answer) | 'reset' | 'drip'

/** A server on this machine that answers all requests alike, as it was last told, and keeps them. */
export async function startProvider() {
  const requests: ReceivedRequest[] = []
  let behaviour: Behaviour = {}
  let drips = 0

  const server = createServer(async (request, response) => {
    const { method, url, headers } = request
    const bytes = await buffer(request)
    const received = { method, url, headers, bytes, body: bytes.toString() }
    requests.push(received)
    if (behaviour === 'reset') return request.socket.destroy()
    if (behaviour === 'drip') {
      response.writeHead(200, { 'content-type': 'application/json' })
      drips++
      return dripInto(request, { drip: () => response.write(' '), end: () => drips-- })
    }
    const answer = typeof behaviour === 'function' ? behaviour(received) : behaviour
    const { status = 200, body = '', headers: answered } = answer
    response.writeHead(status, { 'content-type': 'application/json', ...answered })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next: Behaviour) => {
      requests.length = 0
      behaviour = next
    },
    /** Answers that still drip. */
    drips: () => drips,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

type Drip = { drip: () => void; end: () => void }

function dripInto({ socket }: IncomingMessage, { drip, end }: Drip): void {
  const timer = setInterval(drip, 20)
  socket.on('close', () => {
    clearInterval(timer)
    end()
  })
}
