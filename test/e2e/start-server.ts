import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type RunningServer = { url: string; stop: () => Promise<void> }

const START_MS = 60_000
const root = join(import.meta.dirname, '..', '..')

/**
 * Starts Descry as its users do, on a free port, with a data folder of its own. Captions are those of
 * `basic`, the same on every machine, unless a model is named.
 */
export async function startServer({ model = 'none' } = {}): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'descry-e2e-'))
  const child = spawn(process.execPath, ['packages/cli/bin/descry.js', 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: data,
      PORT: '0',
      DESCRY_DATA: data,
      DESCRY_BUILTIN_MODEL: model,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${output}`))
    const timer = setTimeout(() => fail('The server did not start in time.'), START_MS)
    const read = (chunk: Buffer) => {
      output += chunk
      const found = /ready at (http:\/\/\S+)/.exec(output)?.[1]
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => fail('The server stopped before it was ready.'))
  })
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      await rm(data, { recursive: true, force: true })
    },
  }
}
