import { endpoints } from '../endpoint.ts'
import { Health } from '../health.ts'

export const healthEndpoints = endpoints({
  getHealth: {
    method: 'GET',
    path: '/api/health',
    tag: 'Health',
    summary: 'Whether the server lives, and is ready to work (503 when not), with reasons',
    permission: 'none',
    response: Health,
    otherStatus: 503,
    errors: [],
  },
})
