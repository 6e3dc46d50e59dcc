import { type Config, readConfig, startServer } from '@descry/server'
import type { Command } from './command.ts'
import { readEnvironment } from './read-environment.ts'
import { refuseOptions } from './read-options.ts'
import { listenForStop } from './stop-signal.ts'
import { UsageError } from './usage-error.ts'

export const serve: Command = {
  help: `Usage: descry serve

Starts the page, the HTTP API and the worker, and prints where they are:

  Descry is ready at http://127.0.0.1:3000

Settings come from the environment and from .env in the current folder, among them:
  PORT           default 3000
  DESCRY_DATA    folder for images and database, default ./.descry
  DATABASE_URL   a Postgres of yours instead of the one that Descry runs in DESCRY_DATA
  OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_VISION_MODEL   a captioner
  DESCRY_BUILTIN_MODEL   another model folder as the built-in captioner, or none

Ctrl-C or SIGTERM stops it: jobs in hand are finished or given back. A second one stops it at once.
`,

  async run(args, io) {
    refuseOptions('serve', args)
    using stop = listenForStop(io)
    const config = readConfig(readEnvironment(io.env))
    const server = await Promise.race([start(config), aborted(stop.signal)])
    if (!server) return io.exit(1) // told to stop before it was ready: nobody has been promised anything
    io.stdout.write(`Descry is ready${server.address ? ` at ${server.address}` : ' for jobs'}\n`)
    await aborted(stop.signal)
    io.stderr.write('Stopping …\n')
    await server.stop()
    return 0
  },
}

async function start(config: Config) {
  try {
    return await startServer(config)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    const { port } = config.http
    const message = `Port ${port} is taken by another program; choose another: PORT=${port + 1} descry serve`
    throw new UsageError(message, { command: 'serve', cause: error })
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
