import { z } from 'zod'
import { endpoints } from '../endpoint.ts'

export const LastEventId = z.string().regex(/^\d{1,18}$/, 'expected the id of an event')

export const eventEndpoints = endpoints({
  streamEvents: {
    method: 'GET',
    path: '/api/events',
    tag: 'Events',
    summary: 'Stream events as server-sent events, or over WebSocket after an upgrade',
    permission: 'events:read',
    query: z.object({
      lastEventId: LastEventId.optional().describe(
        'replay what came after; same as the header Last-Event-ID',
      ),
    }),
    response: 'event-stream',
    errors: [],
  },
})
