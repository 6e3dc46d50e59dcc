import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { basicCaptioner } from '@descry/captioners'
import type { CaptionerTest, CaptionResponse, ConfiguredCaptioner } from '@descry/contract'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../world.ts'
import { ask, caption, clear, type Script, setUp, startScripted } from './requests.ts'

const KEY = 'sk-very-secret-key-0123456789-wxyz'
const NEXT = 'sk-another-secret-key-987654-abcd'

describe('captioners that people set up', () => {
  const script: Script = {}
  let world: World
  let provider: Awaited<ReturnType<typeof startScripted>>
  beforeAll(async () => {
    provider = await startScripted(script)
    world = await openWorld({ captioners: [] })
  })
  afterEach(() => clear(world))
  afterAll(async () => {
    await world.close()
    await provider.close()
  })

  const put = (setup: Parameters<typeof setUp>[2]) => setUp(world, provider.url, setup)
  const configured = async () =>
    (await ask<{ items: ConfiguredCaptioner[] }>(world, 'GET', '/captioners/configured')).body.items
  const names = async () =>
    (await ask<{ items: { name: string }[] }>(world, 'GET', '/captioners')).body.items.map(
      ({ name }) => name,
    )
  const captionWith = (name: string) => caption<CaptionResponse>(world, { captioner: name })
  const keysOf = (name: string) =>
    provider.requestsOf(name).map(({ headers }) => headers.authorization)

  test('one that is set up captions, and its key reaches the provider', async () => {
    expect((await put({ name: 'mine', key: KEY })).status).toBe(200)
    const { body } = await captionWith('mine')
    expect(body.captions.map(({ text, captioner }) => [text, captioner])).toEqual([
      ['a dog on a beach', 'mine'],
      ['a dog on a beach', 'mine'],
    ])
    expect(new Set(keysOf('mine'))).toEqual(new Set([`Bearer ${KEY}`]))
  })

  test('its key is in no table, no answer and no line of the log', async () => {
    script.telltale = { status: 401, body: { error: { message: `Incorrect key: ${KEY}` } } }
    const answers = [await put({ name: 'telltale', key: KEY })]
    expect(answers[0]?.body).toMatchObject({ keyHint: 'wxyz', problem: null })
    answers.push(await ask(world, 'GET', '/captioners/configured'))
    answers.push(await ask(world, 'GET', '/captioners'))
    const { error, ...failed } = await captionWith('telltale')
    expect(error).toMatchObject({ code: 'captioner-refused' })
    expect(error?.message).toContain('[key]')
    for (const { text } of [...answers, failed]) expect(text).not.toContain(KEY)
    expect(await dump(world)).not.toContain(KEY)
    expect(world.logged.join('')).not.toContain(KEY)
  })

  test('a short key is not shown in whole by its last characters', async () => {
    const { body } = await put({ name: 'short', key: 'abcd' })
    expect(body.keyHint?.length).toBeLessThan(3)
    expect((await put({ name: 'short', key: 'x' })).body.keyHint).toBe('')
  })

  test('a key is kept when it is omitted, replaced when it is given, removed with null', async () => {
    await put({ name: 'keyed', key: KEY })
    expect((await put({ name: 'keyed', timeoutSeconds: 5 })).body.keyHint).toBe('wxyz')
    await captionWith('keyed')
    expect((await put({ name: 'keyed', key: NEXT })).body.keyHint).toBe('abcd')
    await captionWith('keyed')
    expect((await put({ name: 'keyed', key: null })).body.keyHint).toBeNull()
    await captionWith('keyed')
    expect([...new Set(keysOf('keyed'))]).toEqual([`Bearer ${KEY}`, `Bearer ${NEXT}`, undefined])
  })

  test('a stored key does not follow its captioner to another address', async () => {
    await put({ name: 'stays', key: KEY })
    const elsewhere = { name: 'stays', baseUrl: `${provider.url}/thief/v1` }
    const refused = await put(elsewhere)
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain('Enter the key again')
    expect((await put({ ...elsewhere, key: NEXT })).status).toBe(200)
    await captionWith('stays')
    expect(new Set(keysOf('thief'))).toEqual(new Set([`Bearer ${NEXT}`]))
  })

  test('a key still opens after a restart', async () => {
    await put({ name: 'lasting', key: KEY })
    await world.restart()
    expect((await configured())[0]).toMatchObject({ keyHint: 'wxyz', problem: null })
    await captionWith('lasting')
    expect(keysOf('lasting')[0]).toBe(`Bearer ${KEY}`)
  })

  test('under another secret the captioner says what to do, and the key can be entered again', async () => {
    await put({ name: 'locked', key: KEY })
    await world.restart({ DESCRY_SECRET: 'another secret of at least 32 characters' })
    expect((await configured())[0]?.problem).toMatch(/another DESCRY_SECRET.*Enter the key again/)
    expect((await captionWith('locked')).error).toMatchObject({
      code: 'captioner-refused',
      message: expect.stringContaining('Enter the key again'),
    })
    expect((await put({ name: 'locked', key: KEY })).body.problem).toBeNull()
    expect((await captionWith('locked')).status).toBe(200)
    await world.restart()
  })

  test('a name that is taken by one that everybody has is refused', async () => {
    const other = await openWorld({ captioners: [basicCaptioner()] })
    const taken = await setUp(other, provider.url, { name: 'basic' })
    await other.close()
    expect(taken.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('basic'),
    })
  })

  test('the name in the address must be that in the settings', async () => {
    const settings = { kind: 'google', name: 'one', models: ['m'] }
    const { status } = await ask(world, 'PUT', '/captioners/other', { settings })
    expect(status).toBe(400)
  })

  test('a disabled one is listed with its settings, and is not asked', async () => {
    await put({ name: 'off', enabled: false })
    expect((await configured()).map(({ settings }) => settings.enabled)).toEqual([false])
    expect(await names()).not.toContain('off')
    expect((await captionWith('off')).error?.message).toContain('no captioner called off')
  })

  test('a change is noticed at once', async () => {
    await put({ name: 'moved' })
    await captionWith('moved')
    await put({ name: 'moved', baseUrl: `${provider.url}/elsewhere/v1`, models: ['newer'] })
    const { body } = await captionWith('moved')
    expect(provider.requestsOf('elsewhere')).toHaveLength(2)
    expect(body.captions[0]?.modelVersion).toBe('newer')
  })

  test('a change is noticed at once, also while others look', async () => {
    for (let round = 0; round < 10; round++) {
      const looks = () => Promise.all([names(), names(), names()])
      const [, saved] = await Promise.all([looks(), put({ name: `new-${round}` }), looks()])
      expect(saved.status).toBe(200)
      expect(await names()).toContain(`new-${round}`)
    }
  })

  test('a removed one is gone, with its key', async () => {
    await put({ name: 'gone', key: KEY })
    expect((await ask(world, 'DELETE', '/captioners/gone')).status).toBe(200)
    expect(await names()).not.toContain('gone')
    expect((await ask(world, 'DELETE', '/captioners/gone')).status).toBe(404)
    expect((await put({ name: 'gone' })).body.keyHint).toBeNull()
  })

  describe('the test of a captioner', () => {
    const tryOut = async (setup: { name: string; key?: string } & Record<string, unknown>) => {
      const { key, ...settings } = setup
      const all = {
        kind: 'openai-compatible',
        baseUrl: `${provider.url}/${setup.name}/v1`,
        models: ['a-model'],
        ...settings,
      }
      const payload = { settings: all, ...(key !== undefined && { key }) }
      return ask<CaptionerTest>(world, 'POST', '/captioners/test', payload)
    }

    test('gives a real answer, also to what is not saved', async () => {
      script.unsaved = 'The image shows a red ball on green grass.'
      const { body } = await tryOut({ name: 'unsaved', key: KEY })
      expect(body).toMatchObject({
        text: expect.stringContaining('red ball on green grass'),
        outcome: null,
      })
      expect(keysOf('unsaved')).toEqual([`Bearer ${KEY}`])
      expect(await configured()).toEqual([])
    })

    test('uses the stored key where none is given', async () => {
      await put({ name: 'stored', key: KEY })
      await tryOut({ name: 'stored' })
      expect(keysOf('stored')).toEqual([`Bearer ${KEY}`])
    })

    test('gives the real error, without the key', async () => {
      script.denied = { status: 401, body: { error: { message: `No such key: ${KEY}` } } }
      const { body, text } = await tryOut({ name: 'denied', key: KEY })
      expect(body).toMatchObject({ text: null, outcome: 'bad-key' })
      expect(body.reply).toContain('No such key: [key]')
      expect(text).not.toContain(KEY)
    })

    test('shows no key in a good answer, whichever way it is written', async () => {
      const encoded = Buffer.from(KEY).toString('base64')
      for (const written of [KEY, [...KEY].reverse().join(''), encoded]) {
        script.talker = `A sign on a wall reads ${written}.`
        const { body, text } = await tryOut({ name: 'talker', key: KEY })
        expect(text).not.toContain(written)
        expect(body.text ?? body.reply).toContain('[key]')
      }
    })

    test('shows the beginning of a long answer', async () => {
      const words = Array.from({ length: 3000 }, (_, i) => `thing${i}`).join(', ')
      script.long = `A shelf with ${words}.`
      script.endless = 'I think, '.repeat(200_000)
      for (const name of ['long', 'endless']) {
        const { body } = await tryOut({ name })
        const shown = body.text ?? body.reply ?? ''
        expect(shown.length, name).toBeGreaterThan(100)
        expect(shown.length, name).toBeLessThanOrEqual(2000)
        expect(body.message?.length ?? 0).toBeLessThan(500)
      }
    })

    test('says that nobody answers there', async () => {
      const { body } = await tryOut({ name: 'nobody', baseUrl: await nobodyThere() })
      expect(body).toMatchObject({ outcome: 'unreachable' })
      expect(body.message).toContain('ECONNREFUSED')
    })

    test('does not take a refusal for a caption', async () => {
      script.polite = "I'm sorry, but I can't assist with that."
      const { body } = await tryOut({ name: 'polite' })
      expect(body).toMatchObject({ text: null, outcome: 'refused', reply: script.polite })
    })

    test('waits no longer than it says', async () => {
      const silent = createServer().listen(0, '127.0.0.1')
      await once(silent, 'listening')
      const { port } = silent.address() as AddressInfo
      const baseUrl = `http://127.0.0.1:${port}/v1`
      const { body } = await tryOut({ name: 'silent', baseUrl, timeoutSeconds: 0.3 })
      silent.close()
      expect(body).toMatchObject({ outcome: 'timed-out' })
    })

    test('is not in the log of pictures that left: the picture is ours', async () => {
      const sent = () => ask<{ items: object[] }>(world, 'GET', '/sent-images')
      const before = (await sent()).body.items.length
      await tryOut({ name: 'unsaved' })
      expect((await sent()).body.items).toHaveLength(before)
    })
  })
})

test('the key file is for its owner alone', async () => {
  const world = await openWorld({ captioners: [], embedded: true })
  await setUp(world, 'http://127.0.0.1:1', { name: 'mine', key: KEY })
  const { mode } = await stat(join(world.folder, 'secret.key'))
  expect((mode & 0o777).toString(8)).toBe('600')
  await world.close()
})

test('the files of an embedded database hold no key', async () => {
  const world = await openWorld({ captioners: [], embedded: true })
  await setUp(world, 'http://127.0.0.1:1', { name: 'mine', key: KEY })
  await ask(world, 'GET', '/captioners')
  await world.deps.db.executeQuery(sql`checkpoint`.compile(world.deps.db))
  const files = await readdir(world.folder, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    expect(bytes.includes(KEY), file.name).toBe(false)
  }
  await world.close()
})

test('with DATABASE_URL and without DESCRY_SECRET a key is refused in words, and no captioner is made', async () => {
  const world = await openWorld({ captioners: [], env: { DESCRY_SECRET: '' } })
  const { status, error } = await setUp(world, 'http://127.0.0.1:1', { name: 'mine', key: KEY })
  expect(status).toBe(400)
  expect(error?.message).toMatch(/set DESCRY_SECRET.*openssl rand/)
  expect((await ask<{ items: [] }>(world, 'GET', '/captioners/configured')).body.items).toEqual([])
  expect((await setUp(world, 'http://127.0.0.1:1', { name: 'keyless' })).status).toBe(200)
  await world.close()
})

/** Every table as text. */
async function dump({ deps: { db } }: World): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    select query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text as text
    from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`
    .execute(db)
    .catch(() =>
      sql<{ text: string }>`
      select coalesce(string_agg(settings::text || coalesce(encode(sealed_key, 'escape'), ''), ''), '') as text
      from captioner_settings`.execute(db),
    )
  return rows.map(({ text }) => text).join('\n')
}

/** An address that refuses connections. */
async function nobodyThere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `http://127.0.0.1:${port}/v1`
}
