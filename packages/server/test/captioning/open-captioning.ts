import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Captioners, Timing } from '@descry/captioners'
import type { CaptioningRules, ErrorResponse } from '@descry/contract'
import pino from 'pino'
import { makeCompletion } from '../../../captioners/test/providers/make-completion.ts'
import { type Answer, startProvider } from '../../../captioners/test/providers/start-provider.ts'
import { readConfig } from '../../src/config.ts'
import { buildApp } from '../../src/http/app.ts'
import { allKinds } from '../../src/job-list.ts'
import { openDeps } from '../../src/open-deps.ts'
import { startWorker } from '../../src/worker/start-worker.ts'
import { createDatabase, makeImage, upload } from '../world.ts'

type Options = {
  env?: Record<string, string>
  timing?: Partial<Timing>
  /** Beside those that are set up. */
  captioners?: Captioners
  /** A Postgres of its own in the data folder, and a key file, as `npm start` has. */
  embedded?: boolean
}

export type Captioning = Awaited<ReturnType<typeof openCaptioning>>

/** A whole server that can be closed and opened again on the same data, and what it wrote to its log. */
export async function openCaptioning({
  env = {},
  timing,
  captioners = [],
  embedded = false,
}: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'descry-captioning-'))
  const databaseUrl = embedded ? '' : await createDatabase()
  const logged: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  })
  const log = pino({ level: 'debug' }, sink)
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
      kinds: allKinds,
      captioners,
      onError: (error) => errors.push(error),
      timing: { backoffMs: 1, failures: 1000, ...timing },
    })
    const app = await buildApp(deps, { log })
    return { deps, app, close }
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
    folder: join(folder, 'data'),
    errors,
    logged,
    startWorker: (graceMs = 1000) => startWorker(opened.deps, { log, graceMs }),
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

/** What an answer holds, and its error where it is one. */
export async function ask<Body = unknown>(
  { app }: Pick<Captioning, 'app'>,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  url: string,
  payload?: object,
) {
  const response = await app.inject({ method, url: `/api${url}`, ...(payload && { payload }) })
  const body = response.json() as Body & Partial<ErrorResponse>
  return { status: response.statusCode, body, text: response.body, error: body.error }
}

/** Sets a captioner up that asks the provider at the path of its name. */
export function setUp(
  world: Pick<Captioning, 'app'>,
  baseUrl: string,
  { key, ...settings }: { name: string; key?: string | null } & Record<string, unknown>,
) {
  const { name } = settings
  const all = {
    kind: 'openai-compatible',
    baseUrl: `${baseUrl}/${name}/v1`,
    models: ['a-model'],
    ...settings,
  }
  return ask<{ keyHint: string | null; problem: string | null }>(
    world,
    'PUT',
    `/captioners/${encodeURIComponent(name)}`,
    { settings: all, ...(key !== undefined && { key }) },
  )
}

export const saveRules = (world: Pick<Captioning, 'app'>, rules: Partial<CaptioningRulesInput>) =>
  ask<CaptioningRules>(world, 'PUT', '/captioning-rules', {
    chain: null,
    privacy: {},
    budgets: {},
    ...rules,
  })

type CaptioningRulesInput = {
  chain: { steps: { captioner: string; styles?: string[] }[]; fallThroughRefusals?: boolean } | null
  privacy: object
  budgets: object
}

/** A caption of a new picture, or of a given one. */
export async function caption<Body>(
  { app }: Pick<Captioning, 'app'>,
  fields: Record<string, string> = {},
  { image, headers = {}, url = '/api/captions' }: CaptionOptions = {},
) {
  const form = upload(image ?? (await makeImage()), fields)
  const response = await app.inject({
    method: 'POST',
    url,
    payload: form.payload,
    headers: { ...form.headers, ...headers },
  })
  const body = response.json() as Body & Partial<ErrorResponse>
  return { status: response.statusCode, body, text: response.body, error: body.error }
}

type CaptionOptions = { image?: Buffer; headers?: Record<string, string>; url?: string }

export type Script = Record<string, string | Answer>

/** A provider that answers by the first part of the path: one for each captioner. */
export async function startScripted(script: Script) {
  const provider = await startProvider()
  provider.answer(({ url = '' }) => {
    const scripted = script[url.split('/')[1] ?? ''] ?? 'a dog on a beach'
    return typeof scripted === 'string' ? makeCompletion({ content: scripted }) : scripted
  })
  const requestsOf = (name: string) =>
    provider.requests.filter(({ url }) => url?.startsWith(`/${name}/`))
  return { ...provider, requestsOf }
}

/** Nothing is set up, and nothing decided. */
export async function clear(world: Pick<Captioning, 'app'>): Promise<void> {
  await saveRules(world, {})
  const { body } = await ask<{ items: { settings: { name: string } }[] }>(
    world,
    'GET',
    '/captioners/configured',
  )
  for (const { settings } of body.items) {
    await ask(world, 'DELETE', `/captioners/${encodeURIComponent(settings.name)}`)
  }
}
