import type { ServerResponse } from 'node:http'
import { type Event, endpointTable, LastEventId } from '@descry/contract'
import type { WebSocket } from '@fastify/websocket'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../../deps.ts'
import { streamEvents } from '../../events/stream-events.ts'
import { type Call, type Route, route } from '../route.ts'

export const eventRoutes: readonly Route[] = [
  {
    name: 'streamEvents',
    register(app, deps) {
      // Streams never end by themselves, so a stop ends them; readers come back with Last-Event-ID.
      const streams = new Set<{ end(): void }>()
      app.addHook('preClose', async () => {
        for (const stream of streams) stream.end()
      })
      route('streamEvents', (call) => sendEvents(call, streams), {
        wsHandler: (socket, request) => sendOverWebSocket(deps, { socket, request }),
      }).register(app, deps)
    },
  },
]

type EventCall = Pick<
  Call<(typeof endpointTable)['streamEvents']>,
  'deps' | 'caller' | 'query' | 'request' | 'reply'
>

async function sendEvents(
  { deps, caller, query, request, reply }: EventCall,
  streams: Set<{ end(): void }>,
): Promise<FastifyReply> {
  if (request.method === 'HEAD') return reply.headers(STREAM_HEADERS).send()
  const header = LastEventId.optional().parse(request.headers['last-event-id'])
  const after = query.lastEventId ?? header
  const raw = beginStream(reply)
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS)
  const reader = { send: (event: Event) => writeEvent(raw, event), fail: () => raw.destroy() }
  const stop = streamEvents(caller, deps, { after }, reader)
  const silence = () => {
    clearInterval(heartbeat)
    stop()
  }
  const stream = {
    end() {
      silence() // nothing may be written after the end
      raw.end()
    },
  }
  streams.add(stream)
  raw.once('close', () => {
    streams.delete(stream)
    silence()
  })
  return reply
}

function sendOverWebSocket(
  deps: Deps,
  { socket, request }: { socket: WebSocket; request: FastifyRequest },
): void {
  const query = endpointTable.streamEvents.query.safeParse(request.query)
  if (!query.success) {
    socket.close(1008, 'lastEventId is not the id of an event')
    return
  }
  const send = (event: Event) => {
    if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate()
    else socket.send(JSON.stringify(event))
  }
  const reader = { send, fail: () => socket.terminate() }
  const stop = streamEvents(request.caller, deps, { after: query.data.lastEventId }, reader)
  const heartbeat = setInterval(() => socket.ping(), HEARTBEAT_MS)
  socket.once('close', () => {
    clearInterval(heartbeat)
    stop()
  })
}

const HEARTBEAT_MS = 15_000

/** A reader that is so far behind is cut off; it comes back with Last-Event-ID. */
const MAX_BUFFERED = 4 * 1024 * 1024

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no', // proxies must pass events on as they come
}

/** From here on the answer is ours to write, with the headers that the hooks have set. */
function beginStream(reply: FastifyReply): ServerResponse {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.raw.writeHead(200, STREAM_HEADERS)
  reply.raw.write('retry: 2000\n\n')
  return reply.raw
}

function writeEvent(raw: ServerResponse, event: Event): void {
  if (raw.writableLength > MAX_BUFFERED) raw.destroy()
  else raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
