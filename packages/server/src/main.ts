import pino from 'pino'
import type { Config } from './config.ts'
import { describeError } from './describe-error.ts'
import { type App, buildApp } from './http/app.ts'
import { allKinds } from './job-list.ts'
import { openDeps } from './open-deps.ts'
import { releaseMemory } from './release-memory.ts'
import { startWorker } from './worker/start-worker.ts'

export type Server = {
  /** Where the page is; undefined in a process that only works. */
  address: string | undefined
  /** Finishes what is running, gives back what takes too long, closes in order. */
  stop(): Promise<void>
}

/** Opens everything the configuration names and starts the roles asked for. */
export async function startServer(config: Config): Promise<Server> {
  const log = openLog(config)
  const onError = (error: unknown) => log.error({ error }, 'background trouble')
  const onNotice = (message: string) => log.warn(message)
  const { deps, cutIfSilent, close } = await openDeps(config, {
    kinds: allKinds,
    onError,
    onNotice,
  })
  const parts: (() => Promise<unknown>)[] = []
  // The worker and the edge at the same time, so that their grace periods do not add up.
  const stop = async () => {
    await cutIfSilent()
    await Promise.all(parts.splice(0).map((end) => end()))
    await close()
  }
  const serve = async () => {
    const app = await buildApp(deps, { log })
    parts.push(() => app.close())
    return listen(app, config)
  }
  try {
    if (config.roles.includes('worker')) {
      const worker = await startWorker(deps, { log })
      parts.push(() => worker.stop())
    }
    const address = config.roles.includes('api') ? await serve() : undefined
    releaseMemory()
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function listen(app: App, { http }: Config): Promise<string> {
  const address = await app.listen({ host: http.host, port: http.port })
  return http.publicUrl ?? address
}

/** JSON lines on stderr, so that stdout keeps to results. */
const openLog = ({ log }: Config) =>
  pino(
    {
      level: log.level ?? (process.stderr.isTTY ? 'warn' : 'info'),
      serializers: { error: describeError },
      // @fastify/multipart tells the headers of uploads at the level `trace`.
      redact: ['*.headers["x-captioner-key"]', '*.headers.authorization'],
    },
    pino.destination({ dest: 2, sync: false }),
  )
