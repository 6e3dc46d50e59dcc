import type { CaptioningRules, ErrorResponse } from '@descry/contract'
import { makeCompletion } from '../../../captioners/test/providers/make-completion.ts'
import { type Answer, startProvider } from '../../../captioners/test/providers/start-provider.ts'
import { makeImage, upload, type World } from '../world.ts'

/** What an answer holds, and its error where it is one. */
export async function ask<Body = unknown>(
  { app }: Pick<World, 'app'>,
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
  world: Pick<World, 'app'>,
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

export const saveRules = (world: Pick<World, 'app'>, rules: Partial<CaptioningRulesInput>) =>
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
  { app }: Pick<World, 'app'>,
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
export async function clear(world: Pick<World, 'app'>): Promise<void> {
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
