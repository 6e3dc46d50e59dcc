import { checkHealth } from '../../health/check-health.ts'
import { route } from '../route.ts'

export const healthRoutes = [
  route('getHealth', async ({ deps, reply }) => {
    const health = await checkHealth(deps)
    reply.code(health.ready ? 200 : 503).header('cache-control', 'no-store')
    return health
  }),
]
