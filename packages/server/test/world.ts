import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Captioner } from '@descry/captioners'
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
  /** What is different about the fake one; 'own': those of the configuration instead. */
  captioner?: Partial<Captioner> | 'own'
  env?: Record<string, string>
  /** Kinds of jobs beside those there are. */
  jobs?: readonly JobDefinition[]
}

export type World = Awaited<ReturnType<typeof openWorld>>

const log = pino({ level: 'silent' })

/** The real thing on a database of its own, with a captioner that costs nothing. */
export async function openWorld({ captioner, env = {}, jobs = [] }: WorldOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'descry-test-'))
  const databaseUrl = await createDatabase()
  const config = readConfig({
    DESCRY_DATA: join(folder, 'data'),
    DATABASE_URL: databaseUrl,
    PORT: '0',
    ...env,
  })
  const captioners = captioner === 'own' ? undefined : [{ ...fakeCaptioner(), ...captioner }]
  const errors: unknown[] = []
  const { deps, close } = await openDeps(config, {
    kinds: [...allKinds, ...jobs],
    onError: (error) => errors.push(error),
    ...(captioners && { captioners }),
    timing: { backoffMs: 1, failures: 1000 },
  })
  const app = await buildApp(deps, { log })

  return {
    deps,
    app,
    config,
    databaseUrl,
    errors,
    startWorker: (graceMs = 1000) =>
      startWorker(deps, { log, graceMs, jobs: [...jobDefinitions, ...jobs] }),
    async close() {
      await app.close()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Says the same of every image, in any style. */
function fakeCaptioner(): Captioner {
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
