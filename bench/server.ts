import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type BenchServer = {
  address: string
  /** Resident memory of the process, in MB. */
  memory(): Promise<number>
  /** Stops it; gives the delays of its event loop while it ran, in milliseconds. */
  stop(): Promise<{ p50: number; p99: number; max: number }>
}

/** The real server in a process of its own, as users start it. */
export async function startBenchServer(env: Record<string, string> = {}): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-bench-'))
  const delays = join(folder, 'delays.json')
  const root = join(import.meta.dirname, '..')
  // As `npm start` does.
  const measured = ['--import', join(import.meta.dirname, 'loop-delay.js')]
  const command = [
    '--max-semi-space-size=4',
    ...measured,
    join(root, 'packages/cli/bin/descry.js'),
    'serve',
  ]
  const child = spawn(process.execPath, command, {
    env: {
      ...process.env,
      BENCH_DELAYS: delays,
      PORT: '0',
      DESCRY_DATA: join(folder, 'data'),
      DESCRY_LOG_LEVEL: 'warn',
      DESCRY_BUILTIN_MODEL: 'none', // the server is measured, not a model
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await readAddress(child)
  return {
    address,
    memory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) / 1024
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      const read = JSON.parse(await readFile(delays, 'utf8'))
      await rm(folder, { recursive: true, force: true })
      return read
    },
  }
}

async function readAddress(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) {
    const address = String(chunk).match(/http:\/\/\S+/)?.[0]
    if (address) return address
  }
  throw new Error('The server ended before it was ready.')
}
