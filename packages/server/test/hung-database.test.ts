import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startScratchPostgres } from '../../../test/scratch-postgres.ts'
import { readConfig } from '../src/config.ts'
import { startServer } from '../src/main.ts'
import { hangPostgres } from './hang-postgres.ts'
import { until } from './world.ts'

/** A server on a Postgres of its own, with which the test may do what it likes. */
async function startOnOwnPostgres() {
  const postgres = await startScratchPostgres()
  onTestFinished(postgres.stop)
  const folder = await mkdtemp(join(tmpdir(), 'descry-hung-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const server = await startServer(
    readConfig({
      DESCRY_DATA: folder,
      DATABASE_URL: `${postgres.url}/postgres`,
      DESCRY_BUILTIN_MODEL: 'none',
      DESCRY_LOG_LEVEL: 'silent',
      PORT: '0',
    }),
  )
  const ask = async (path: string) => {
    const begun = performance.now()
    const response = await fetch(`${server.address}${path}`)
    return { status: response.status, ms: performance.now() - begun, body: await response.json() }
  }
  return { postgres, server, ask }
}

test.runIf(process.platform === 'linux')(
  'while Postgres hangs, health says so at once and requests end; all is well when it goes on',
  async () => {
    const { postgres, server, ask } = await startOnOwnPostgres()
    onTestFinished(server.stop)
    expect((await ask('/api/health')).status).toBe(200)

    const resume = await hangPostgres({ connectionString: `${postgres.url}/postgres` })
    onTestFinished(resume)
    const health = await ask('/api/health')
    const reason = expect.stringContaining('has not answered within 1 s')
    expect(health).toMatchObject({
      status: 503,
      body: { checks: { database: { ok: false, reason } } },
    })
    expect(health.ms).toBeLessThan(2_000)
    const jobs = await ask('/api/jobs')
    expect(jobs).toMatchObject({ status: 503, body: { error: { code: 'database-unavailable' } } })
    expect(jobs.ms).toBeLessThan(12_000)

    resume()
    await until(async () => (await ask('/api/health')).status === 200)
    expect((await ask('/api/jobs')).status).toBe(200)
  },
  60_000,
)

test.runIf(process.platform === 'linux')(
  'while Postgres hangs, the server stops in time',
  async () => {
    const { postgres, server } = await startOnOwnPostgres()
    const resume = await hangPostgres({ connectionString: `${postgres.url}/postgres` })
    onTestFinished(resume)

    const begun = performance.now()
    await server.stop()
    expect(performance.now() - begun).toBeLessThan(8_000)
  },
  60_000,
)

test.runIf(process.platform === 'linux')(
  'while the Postgres that Descry runs itself hangs, the server ends it in time, and nothing is lost',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-hung-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const config = readConfig({
      DESCRY_DATA: folder,
      DESCRY_BUILTIN_MODEL: 'none',
      DESCRY_LOG_LEVEL: 'silent',
      PORT: '0',
    })
    const server = await startServer(config)
    await hangPostgres({ host: join(folder, 'postgres'), user: 'descry', database: 'postgres' })

    const begun = performance.now()
    await server.stop()
    expect(performance.now() - begun).toBeLessThan(12_000)
    const again = await startServer(config)
    await again.stop()
  },
  60_000,
)
