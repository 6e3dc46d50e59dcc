import { readFileSync } from 'node:fs'
import { readCaptionerConfig } from '@descry/captioners'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('nothing needs to be set', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    http: { host: '127.0.0.1', port: 3000 },
    roles: ['api', 'worker'],
    database: { url: undefined },
    openai: undefined,
  })
})

test('all mistakes are named at once', () => {
  const read = () =>
    readConfig({
      PORT: 'http',
      DATABASE_URL: 'mysql://x',
      DESCRY_ROLES: 'api,cook',
      DESCRY_DTAA: '/x',
    })
  expect(read).toThrow(ConfigError)
  for (const name of ['PORT', 'DATABASE_URL', 'DESCRY_ROLES', 'DESCRY_DTAA'])
    expect(read).toThrow(name)
})

test.each(['0.0.0.0', '192.168.1.5', '::', 'example.com'])(
  'listening on %s without sign-in is refused, with what to do',
  (host) => {
    expect(() => readConfig({ HOST: host })).toThrow(/HOST: .*no sign-in yet.*reverse proxy/)
  },
)

test.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])('listening on %s is fine', (host) => {
  expect(readConfig({ HOST: host }).http.host).toBe(host)
})

test.each([
  ['DESCRY_ROLES', 'api,cook'],
  ['DESCRY_TRUSTED_PROXIES', 'foo'],
  ['HOST', '127.999.1.1'],
])('%s=%s is a mistake', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name)
})

test('an empty value counts as not given', () => {
  expect(readConfig({ PORT: '', OPENAI_API_KEY: '' })).toMatchObject({
    http: { port: 3000 },
    openai: undefined,
  })
})

test('the built-in model is the one that comes along, another folder, or none', () => {
  expect(readConfig({}).builtin).toEqual({ folder: undefined })
  expect(readConfig({ DESCRY_BUILTIN_MODEL: '/models/mine' }).builtin).toEqual({
    folder: '/models/mine',
  })
  expect(readConfig({ DESCRY_BUILTIN_MODEL: 'none' }).builtin).toBeUndefined()
})

test('a key alone means OpenAI itself, an address alone a server without a key', () => {
  expect(readConfig({ OPENAI_API_KEY: 'k' }).openai?.baseUrl).toBe('https://api.openai.com/v1')
  const local = readConfig({
    OPENAI_BASE_URL: 'http://localhost:11434/v1',
    OPENAI_VISION_MODEL: 'llava',
  })
  expect(local.openai).toEqual({
    apiKey: undefined,
    baseUrl: 'http://localhost:11434/v1',
    model: 'llava',
  })
})

test('the terminal knows the settings of the server, and refuses others', () => {
  const source = readFileSync(new URL('config.ts', import.meta.url), 'utf8')
  const names = [...source.matchAll(/^ {2}(DESCRY_\w+):/gm)].map(([, name = '']) => name)
  expect(names).toContain('DESCRY_SECRET')
  const env = Object.fromEntries(names.map((name) => [name, 'x']))
  expect(() => readCaptionerConfig(env)).not.toThrow()
  expect(() => readCaptionerConfig({ DESCRY_CAPTIONER: 'x' })).toThrow('there is no such setting')
})
