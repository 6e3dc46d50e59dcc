import { readFile } from 'node:fs/promises'
import pg from 'pg'

/**
 * Pauses every process of a Postgres: its connections stay open, new ones are accepted by the kernel,
 * and nothing is answered. Returns what lets it go on.
 */
export async function hangPostgres(connection: pg.ClientConfig): Promise<() => void> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity')
  const pids = [await parentOf(rows[0]!.pid), ...rows.map(({ pid }) => pid)]
  const tell = (signal: NodeJS.Signals) => {
    for (const pid of pids) ignoreGone(() => process.kill(pid, signal))
  }
  tell('SIGSTOP')
  return () => {
    tell('SIGCONT')
    void client.end()
  }
}

async function parentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
}

function ignoreGone(work: () => void): void {
  try {
    work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
