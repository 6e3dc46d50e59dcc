import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { startScratchPostgres } from '../test/scratch-postgres.ts'
import * as measures from './measures.ts'
import { type BenchServer, startBenchServer } from './server.ts'

type Row = { what: string; unit: string; target: string; embedded: number; postgres?: number }

const rows: Row[] = []
const postgres = await startScratchPostgres()
try {
  const idle = await measureIdle()
  rows.push({ what: 'idle memory beyond Node', unit: 'MB', target: '≤ 150', embedded: idle })
  const embedded = await measure({})
  const onPostgres = await measure({ DATABASE_URL: `${postgres.url}/postgres` })
  for (const [index, row] of embedded.entries()) {
    rows.push({ ...row, postgres: onPostgres[index]?.embedded ?? Number.NaN })
  }
} finally {
  await postgres.stop()
}
report(rows)

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

async function measure(env: Record<string, string>): Promise<Row[]> {
  const server: BenchServer = await startBenchServer(env)
  const captioning = await measures.captionLatency(server)
  const intake = await measures.intakeTime(server)
  const wakeUp = await measures.wakeUpTime(server)
  const jobs = await measures.jobsPerSecond(server)
  const reads = await measures.readsPerSecond(server)
  const delay = await server.stop()
  return [
    {
      what: 'POST /api/captions, 200 KB JPEG, p50',
      unit: 'ms',
      target: '≤ 25',
      embedded: captioning,
    },
    {
      what: '30 JPEGs (5 MB) taken in with thumbnails',
      unit: 'ms',
      target: '≤ 400',
      embedded: intake,
    },
    { what: 'idle worker starts a new job, p50', unit: 'ms', target: '≤ 50', embedded: wakeUp },
    { what: 'jobs, submit to done', unit: '/s', target: '≥ 100', embedded: jobs },
    { what: 'GET /api/jobs/:id', unit: '/s', target: '≥ 1000 | 2000', embedded: reads },
    {
      what: 'event loop delay while captioning, p99',
      unit: 'ms',
      target: '≤ 50',
      embedded: delay.p99,
    },
  ]
}

function report(table: Row[]): void {
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}`
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const text = [
    line(['measure', 'target', 'embedded', 'Postgres']),
    line(['---', '---', '---:', '---:']),
    ...table.map(({ what, unit, target, embedded, postgres: other }) =>
      line([what, `${target} ${unit}`, round(embedded), other === undefined ? '–' : round(other)]),
    ),
  ].join('\n')
  console.log(`${machine}\n\n${text}`)
  mkdirSync('node_modules/.cache', { recursive: true })
  const file = 'node_modules/.cache/bench.json'
  writeFileSync(
    file,
    JSON.stringify({ machine, date: new Date().toISOString(), rows: table }, null, 2),
  )
  console.log(`\nAs JSON: ${file}`)
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(1)
}
