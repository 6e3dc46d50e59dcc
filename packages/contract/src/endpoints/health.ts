import { endpoints } from '../endpoint.ts'
import { Health } from '../health.ts'

export const healthEndpoints = endpoints({
  getHealth: {
    method: 'GET',
    path: '/api/health',
    tag: 'Health',
    summary: 'Whether the server is alive and ready to work, with reasons (503 if not ready)',
    permission: 'none',
    response: Health,
    otherStatus: 503,
    errors: [],
  },
})
