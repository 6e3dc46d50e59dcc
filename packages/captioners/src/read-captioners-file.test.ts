import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildCaptioners } from './build-captioners.ts'
import { ConfigError, readCaptionerConfig } from './captioner-config.ts'
import { readCaptionersFile } from './read-captioners-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-captioners-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const write = async (content: unknown) => {
  const path = join(folder, 'captioners.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const ollama = {
  settings: {
    kind: 'openai-compatible',
    name: 'ollama',
    baseUrl: 'http://localhost:1/v1',
    models: ['m'],
  },
}

test('captioners of the file come first, with keys from files of their own', async () => {
  await writeFile(join(folder, 'gemini.key'), 'secret-key\n')
  const gemini = {
    settings: { kind: 'google', name: 'gemini', models: ['a', 'b'] },
    keyFile: 'gemini.key',
  }
  const off = { settings: { ...ollama.settings, name: 'off', enabled: false } }
  const path = await write({ captioners: [gemini, ollama, off], budgets: { perMonth: 5 } })
  expect((await readCaptionersFile(path)).captioners[0]?.key).toBe('secret-key')

  const config = readCaptionerConfig({ DESCRY_CAPTIONERS: path, DESCRY_BUILTIN_MODEL: 'none' })
  const { captioners, leftOut, rules } = await buildCaptioners(config)
  expect(captioners.map(({ name }) => name)).toEqual(['gemini', 'ollama', 'basic'])
  expect(leftOut).toEqual([])
  expect(rules).toMatchObject({ chain: null, budgets: { perMonth: 5 } })
})

test.each([
  ['no JSON', '{"captioners": [', /is no JSON/],
  ['an unknown kind', { captioners: [{ settings: { kind: 'magic', name: 'x' } }] }, /kind/],
  ['an unknown setting', { captionners: [] }, /captionners/],
  ['two keys', { captioners: [{ ...ollama, key: 'a', keyFile: 'b' }] }, /not both/],
  [
    'a key file that is not there',
    { captioners: [{ ...ollama, keyFile: 'no.key' }] },
    /no\.key cannot be read \(ENOENT\)/,
  ],
])('a file with %s stops the start, in words', async (_what, content, message) => {
  const path = await write(content)
  await expect(readCaptionersFile(path)).rejects.toBeInstanceOf(ConfigError)
  await expect(readCaptionersFile(path)).rejects.toThrow(message)
})

test('a captioner of the file that cannot be built is left out by name, and stops nothing else', async () => {
  const path = await write({
    captioners: [
      { settings: { kind: 'local-vlm', name: 'smol', model: 'owner/never-pulled' } },
      ollama,
    ],
  })
  const config = readCaptionerConfig({
    DESCRY_CAPTIONERS: path,
    DESCRY_BUILTIN_MODEL: 'none',
    DESCRY_DATA: folder,
  })
  const { captioners, leftOut } = await buildCaptioners(config)
  expect(captioners.map(({ name }) => name)).toEqual(['ollama', 'basic'])
  expect(leftOut).toEqual([expect.stringMatching(/smol is left out: .*descry models pull/)])
})
