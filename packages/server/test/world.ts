import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Captioner, Captioners, Timing } from '@descry/captioners'
import pg from 'pg'
import pino from 'pino'
import sharp from 'sharp'
import { inject } from 'vitest'
import { readConfig } from '../src/config.ts'
import { LOCAL_ORGANIZATION, type NewImage } from '../src/db/tables.ts'
import { buildApp } from '../src/http/app.ts'
import { allKinds, jobDefinitions } from '../src/job-list.ts'
import type { JobDefinition } from '../src/jobs/define-job.ts'
import { openDeps } from '../src/open-deps.ts'
import { startWorker } from '../src/worker/start-worker.ts'

type WorldOptions = {
  /** What is different about the fake captioner that is there otherwise. */
  captioner?: Partial<Captioner>
  /** Other captioners instead of the fake one; 'configured': those of the configuration. */
  captioners?: Captioners | 'configured'
  env?: Record<string, string>
  /** Kinds of jobs beside those there are. */
  jobs?: readonly JobDefinition[]
  timing?: Partial<Timing>
  /** A Postgres of its own in the data folder, and a key file, as `npm start` has. */
  embedded?: boolean
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** A whole server on a database of its own, which can be closed and opened again on the same data. */
export async function openWorld({
  captioner,
  captioners = [fakeCaptioner(captioner)],
  env = {},
  jobs = [],
  timing,
  embedded = false,
}: WorldOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'descry-test-'))
  const databaseUrl = embedded ? '' : await createDatabase()
  const { log, logged } = openLog()
  const errors: unknown[] = []

  const open = async (changes: Record<string, string>) => {
    const config = readConfig({
      DESCRY_DATA: join(folder, 'data'),
      DATABASE_URL: databaseUrl,
      DESCRY_SECRET: embedded ? '' : SECRET,
      PORT: '0',
      ...env,
      ...changes,
    })
    const { deps, close } = await openDeps(config, {
      kinds: [...allKinds, ...jobs],
      ...(captioners !== 'configured' && { captioners }),
      onError: (error) => errors.push(error),
      timing: { backoffMs: 1, failures: 1000, ...timing },
    })
    const app = await buildApp(deps, { log })
    return { deps, app, config, close }
  }
  let opened = await open({})
  const close = async () => {
    await opened.app.close()
    await opened.close()
  }

  return {
    get deps() {
      return opened.deps
    },
    get app() {
      return opened.app
    },
    get config() {
      return opened.config
    },
    databaseUrl,
    folder: join(folder, 'data'),
    errors,
    logged,
    startWorker: (graceMs = 1000) =>
      startWorker(opened.deps, { log, graceMs, jobs: [...jobDefinitions, ...jobs] }),
    async restart(changes: Record<string, string> = {}) {
      await close()
      opened = await open(changes)
    },
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const SECRET = 'a secret of at least thirty-two characters'

/** Keeps what is logged. */
function openLog() {
  const logged: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  return { log: pino({ level: 'debug' }, sink), logged }
}

/** Says the same of every image, in any style; with what is `different`. */
export function fakeCaptioner(different: Partial<Captioner> = {}): Captioner {
  return {
    name: 'fake',
    kind: 'openai-compatible',
    description: 'for tests',
    styles: ['concise', 'alt', 'training'], // one caption where a request names no styles
    takesInstructions: false,
    sees: true,
    parent: null,
    sendsPixelsTo: null,
    modelVersion: '1',
    caption: async () => ({ text: 'a dog on a beach' }),
    ...different,
  }
}

/** An empty database on the run's Postgres. */
export async function createDatabase(): Promise<string> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return `${server}/${name}`
}

/** A picture nobody has seen: one colour each time. */
export function makeImage({
  colour = randomColour(),
  width = 32,
  height = 24,
} = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer()
}

const randomColour = () =>
  `#${Math.floor(Math.random() * 0xffffff)
    .toString(16)
    .padStart(6, '0')}`

/** A row of an image that has no file. */
export const imageRow = (id: string): NewImage => ({
  organization_id: LOCAL_ORGANIZATION,
  id,
  ...{ width: 1, height: 1, media_type: 'image/png' },
  ...{ bytes: 1, sha256: id, thumbnail_bytes: 1, thumbnail_sha256: id },
})

/** The multipart body of an upload, for `app.inject`. */
export function upload(image: Uint8Array, fields: Record<string, string> = {}, name = 'photo.png') {
  const boundary = `----descry${randomUUID()}`
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
  )
  const file = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...parts, file]),
  }
}

/** Waits until `check` gives something. */
export async function until<Result>(
  check: () => Promise<Result | undefined | false>,
  { timeoutMs = 10_000 } = {},
): Promise<Result> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const result = await check()
    if (result) return result
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
