import { spawnSync } from 'node:child_process'
import { startScratchPostgres } from '../test/scratch-postgres.ts'
import * as measures from './measures.ts'
import type { Row, Table } from './report.ts'
import { type BenchServer, startBenchServer } from './server.ts'

/** The server as `npm start` starts it, measured from outside, on its own Postgres and on another. */
export async function measureServer(): Promise<Table> {
  const postgres = await startScratchPostgres()
  try {
    const idle = await measureIdle()
    const embedded = await measure({})
    const onPostgres = await measure({ DATABASE_URL: `${postgres.url}/postgres` })
    const rows: Row[] = [
      { what: 'idle memory beyond Node', unit: 'MB', target: '≤ 150', values: [idle, undefined] },
      ...embedded.map(({ value, ...row }, i) => ({
        ...row,
        values: [value, onPostgres[i]?.value],
      })),
    ]
    return { columns: ['Postgres of our own', 'Postgres over TCP'], rows }
  } finally {
    await postgres.stop()
  }
}

async function measureIdle(): Promise<number> {
  await (await startBenchServer()).stop() // the first start after a change compiles our TypeScript
  const server = await startBenchServer()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  const memory = await server.memory()
  await server.stop()
  return memory - bareNodeMemory()
}

/** A Node that does nothing, after the same garbage-free start. */
function bareNodeMemory(): number {
  const script = 'setTimeout(() => console.log(process.memoryUsage.rss()), 1000)'
  return Number(spawnSync(process.execPath, ['-e', script]).stdout) / 1024 / 1024
}

async function measure(env: Record<string, string>) {
  const server: BenchServer = await startBenchServer(env)
  const captioning = await measures.captionLatency(server)
  const intake = await measures.intakeTime(server)
  const wakeUp = await measures.wakeUpTime(server)
  const jobs = await measures.jobsPerSecond(server)
  const reads = await measures.readsPerSecond(server)
  const { p99 } = await server.stop()
  return [
    { what: 'POST /api/captions, 200 KB JPEG, p50', unit: 'ms', target: '≤ 25', value: captioning },
    {
      what: '30 JPEGs (5 MB) taken in with thumbnails',
      unit: 'ms',
      target: '≤ 400',
      value: intake,
    },
    { what: 'idle worker starts a new job, p50', unit: 'ms', target: '≤ 50', value: wakeUp },
    { what: 'jobs, submit to done', unit: '/s', target: '≥ 100', value: jobs },
    { what: 'GET /api/jobs/:id', unit: '/s', target: '≥ 1000 | 2000', value: reads },
    { what: 'event loop delay while captioning, p99', unit: 'ms', target: '≤ 50', value: p99 },
  ]
}
