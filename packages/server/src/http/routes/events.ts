import type { ServerResponse } from 'node:http'
import type { Event } from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { streamEvents } from '../../events/stream-events.ts'
import { organizationOf } from '../organization-of.ts'

const LastEventId = z.string().regex(/^\d{1,18}$/, 'expected the id of an event')
const querystring = z.object({
  lastEventId: LastEventId.optional().describe(
    'replay what came after; as the header Last-Event-ID',
  ),
})
const headers = z.object({ 'last-event-id': LastEventId.optional() })

export const eventRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: 'GET',
      url: '/events',
      schema: {
        operationId: 'streamEvents',
        tags: ['Events'],
        summary: 'What happens, as server-sent events; over WebSocket when asked to upgrade',
        querystring,
        headers,
      },
      handler: async (request, reply) => {
        const after = request.query.lastEventId ?? request.headers['last-event-id']
        reply.hijack()
        const headersSoFar = reply.getHeaders() as Record<string, string>
        reply.raw.writeHead(200, { ...headersSoFar, ...EVENT_STREAM })
        reply.raw.write('retry: 2000\n\n')
        const beat = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS)
        const stop = streamEvents(
          deps,
          organizationOf(request),
          { after },
          {
            send: (event) => writeEvent(reply.raw, event),
            fail: () => reply.raw.destroy(),
          },
        )
        reply.raw.once('close', () => {
          clearInterval(beat)
          stop()
        })
      },
      wsHandler: (socket, request) => {
        const query = querystring.safeParse(request.query)
        if (!query.success) return socket.close(1008, 'lastEventId is not the id of an event')
        const stop = streamEvents(
          deps,
          organizationOf(request),
          { after: query.data.lastEventId },
          {
            send: (event) => {
              if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate()
              else socket.send(JSON.stringify(event))
            },
            fail: () => socket.terminate(),
          },
        )
        const beat = setInterval(() => socket.ping(), HEARTBEAT_MS)
        socket.once('close', () => {
          clearInterval(beat)
          stop()
        })
      },
    })
  }

const EVENT_STREAM = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no', // proxies must pass events on as they come
}

const HEARTBEAT_MS = 15_000

/** A reader that is so far behind is cut off; it comes back with Last-Event-ID. */
const MAX_BUFFERED = 4 * 1024 * 1024

function writeEvent(raw: ServerResponse, event: Event): void {
  if (raw.writableLength > MAX_BUFFERED) raw.destroy()
  else raw.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
