import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Table, toRow } from './report.ts'
import { startBenchServer } from './server.ts'
import { median } from './statistics.ts'

const ROUNDS = 3

/** Starting with the Postgres that Descry runs itself, and what its processes weigh at rest. */
export async function measureEmbedded(): Promise<Table> {
  const warmUp = await makeFolder()
  await timeStart(warmUp) // the first start after a change compiles our TypeScript
  await rm(warmUp, { recursive: true, force: true })
  const first: number[] = []
  const later: number[] = []
  let megabytes = 0
  for (let round = 0; round < ROUNDS; round++) {
    const folder = await makeFolder()
    first.push(await timeStart(folder))
    later.push(await timeStart(folder))
    if (round === 0) megabytes = await weighAtRest(folder)
    await rm(folder, { recursive: true, force: true })
  }
  return {
    columns: ['measured'],
    rows: [
      toRow('first start, from the command to the ready line', 's', '≤ 3', median(first)),
      toRow('later starts', 's', '≤ 2', median(later)),
      toRow('idle memory of Postgres and its supervisor (PSS)', 'MB', '≤ 80', megabytes),
    ],
  }
}

const makeFolder = () => mkdtemp(join(tmpdir(), 'descry-bench-start-'))

async function timeStart(folder: string): Promise<number> {
  const begun = performance.now()
  const server = await startBenchServer({ DESCRY_DATA: folder })
  const seconds = (performance.now() - begun) / 1000
  await server.stop()
  return seconds
}

async function weighAtRest(folder: string): Promise<number> {
  const server = await startBenchServer({ DESCRY_DATA: folder })
  await sleep(20_000)
  const { pid } = JSON.parse(readFileSync(join(folder, 'postgres/supervisor.json'), 'utf8'))
  const pids = [String(pid), ...listProcessesIn(join(folder, 'postgres/data'))]
  const kilobytes = pids.map(proportionalSize).reduce((sum, one) => sum + one, 0)
  await server.stop()
  return kilobytes / 1024
}

/** Each Postgres process works in its own folder. */
function listProcessesIn(cluster: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === cluster
    } catch {
      return false // it ended meanwhile, or is somebody else's
    }
  })
}

/** What is shared counts in parts. */
function proportionalSize(pid: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1])
}
