import type { ServerResponse } from 'node:http'
import type { Event } from '@descry/contract'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { streamEvents } from '../../events/stream-events.ts'
import { organizationOf } from '../organization-of.ts'

const LastEventId = z.string().regex(/^\d{1,18}$/, 'expected the id of an event')
const querystring = z.object({
  lastEventId: LastEventId.optional().describe(
    'replay what came after; same as the header Last-Event-ID',
  ),
})
const headers = z.object({ 'last-event-id': LastEventId.optional() })

export const eventRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Streams never end by themselves, so a stop ends them; readers come back with Last-Event-ID.
    const streams = new Set<{ end(): void }>()
    app.addHook('preClose', async () => {
      for (const stream of streams) stream.end()
    })

    app.route({
      method: 'GET',
      url: '/events',
      schema: {
        operationId: 'streamEvents',
        tags: ['Events'],
        summary: 'What happens, as server-sent events; over WebSocket when asked to upgrade',
        querystring,
        headers,
        response: {
          200: {
            description: 'One event after the other',
            content: { 'text/event-stream': { schema: z.unknown() } },
          },
        },
      },
      handler: async (request, reply) => {
        const after = request.query.lastEventId ?? request.headers['last-event-id']
        const raw = beginStream(reply)
        const beat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS)
        const reader = { send: (event: Event) => writeEvent(raw, event), fail: () => raw.destroy() }
        const stop = streamEvents(deps, organizationOf(request), { after }, reader)
        const silence = () => {
          clearInterval(beat)
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
      },
      wsHandler: (socket, request) => {
        const query = querystring.safeParse(request.query)
        if (!query.success) return socket.close(1008, 'lastEventId is not the id of an event')
        const send = (event: Event) => {
          if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate()
          else socket.send(JSON.stringify(event))
        }
        const reader = { send, fail: () => socket.terminate() }
        const after = query.data.lastEventId
        const stop = streamEvents(deps, organizationOf(request), { after }, reader)
        const beat = setInterval(() => socket.ping(), HEARTBEAT_MS)
        socket.once('close', () => {
          clearInterval(beat)
          stop()
        })
      },
    })
  }

const HEARTBEAT_MS = 15_000

/** A reader that is so far behind is cut off; it comes back with Last-Event-ID. */
const MAX_BUFFERED = 4 * 1024 * 1024

/** From here on the answer is ours to write, with the headers that the hooks have set. */
function beginStream(reply: FastifyReply): ServerResponse {
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no', // proxies must pass events on as they come
  })
  reply.raw.write('retry: 2000\n\n')
  return reply.raw
}

function writeEvent(raw: ServerResponse, event: Event): void {
  if (raw.writableLength > MAX_BUFFERED) raw.destroy()
  else raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
