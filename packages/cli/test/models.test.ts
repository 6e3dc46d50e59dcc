import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FakeHub, startFakeHub } from '../../ml/test/fake-hub.ts'
import { tinyVitGpt2 } from '../../ml/test/vlm/tiny-vit-gpt2.ts'
import { pictureFolder } from './picture-folder.ts'
import { firstWords, runDescry, startDescry } from './run-descry.ts'

const name = 'Xenova/vit-gpt2-image-captioning'
const commit = 'c0ffee'.padEnd(40, '0')

/** A folder to work in, and a fake hub that has the first known model. */
async function place(licence: string | undefined = 'apache-2.0') {
  const folder = await pictureFolder()
  const repository = { commit, files: tinyVitGpt2(), ...(licence && { licence }) }
  const hub: FakeHub = await startFakeHub({ repositories: { [name]: repository } })
  const options = (env: Record<string, string> = {}) => ({
    cwd: folder.path,
    env: { HF_ENDPOINT: hub.endpoint, HF_TOKEN: '', HF_HUB_OFFLINE: '', ...env },
  })
  return {
    hub,
    files: join(folder.path, '.descry/hub', name.replace('/', '--'), 'files'),
    options,
    models: (args: string[], env?: Record<string, string>) =>
      runDescry(['models', ...args], options(env)),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

test('pull shows the licence, downloads, and prints where the model lies', async () => {
  await using there = await place()
  const { code, stdout, stderr } = await there.models(['pull', name])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `${name} c0ffee000000-q8 ${there.files}\n`,
  })
  expect(stderr).toContain(`${name} at commit c0ffee000000\nLicence: apache-2.0.`)
  expect(stderr).toMatch(/read it at http.*\n.* MB to download\./)
  expect(await readdir(there.files)).toContain('tokenizer.json')
})

test('a model without a licence is said to have none', async () => {
  await using there = await place('')
  const { stderr } = await there.models(['pull', name])
  expect(stderr).toContain('It names no licence.')
})

test('list shows the known models, and of those that are here how large they are', async () => {
  await using there = await place()
  const before = await there.models(['list'])
  expect(before.stdout).toMatch(/^model +kind +writes +licence +download +here\n/)
  expect(before.stdout).toMatch(
    /^Xenova\/vit-gpt2\S+ +vit-gpt2 +concise +apache-2\.0 +250 MB +no$/m,
  )
  expect(before.stdout).toMatch(/^HuggingFaceTB\/SmolVLM-256M\S+ +smolvlm +concise creative alt/m)
  await there.models(['pull', name])
  const after = await there.models(['list'])
  expect(after.stdout).toMatch(/^Xenova\S+ .* \d\.\d MB q8$/m)
  const { models, folder } = JSON.parse((await there.models(['list', '--json'])).stdout)
  expect(models[0]).toMatchObject({
    repository: name,
    family: 'vit-gpt2',
    styles: ['concise'],
    pulled: { whole: true, commit, dtypes: 'q8', folder: there.files },
  })
  expect(there.files).toContain(folder)
  expect(models[1].pulled).toBeNull()
})

test('offline, a model that is not here is an error that says so', async () => {
  await using there = await place()
  const { code, stderr } = await there.models(['pull', name], { HF_HUB_OFFLINE: '1' })
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('offline is on') })
  expect(there.hub.requests).toEqual([])
})

test('verify finds a damaged file and names the way out, which works', async () => {
  await using there = await place()
  await there.models(['pull', name])
  expect(await there.models(['verify'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^ok {2}Xenova\S+ \d+ files\n$/),
  })
  const path = join(there.files, 'tokenizer.json')
  const whole = await readFile(path, 'utf8')
  await writeFile(path, whole.replace('1.0', '9.9'))
  const damaged = await there.models(['verify', name])
  expect(damaged).toMatchObject({ code: 1, stdout: `bad ${name} tokenizer.json damaged\n` })
  expect(damaged.stderr).toContain(`npx descry models pull ${name}`)
  await there.models(['pull', name])
  expect(await readFile(path, 'utf8')).toBe(whole)
})

test('a pull that was broken off is listed so, and goes on with what is there', async () => {
  await using there = await place()
  // config.json comes, and then nothing more.
  const silence = Array.from({ length: 9 }, () => ({ kind: 'silence' }) as const)
  there.hub.faults.push({ kind: 'no-ranges' }, ...silence)
  const command = startDescry(['models', 'pull', name], there.options())
  await firstWords(command.stderr)
  command.signal('SIGINT')
  expect(await command.finished).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('Stopped.'),
  })
  there.hub.faults.length = 0
  expect((await there.models(['list'])).stdout).toMatch(/^Xenova\S+ .* in part: pull it again$/m)
  expect(await there.models(['verify'])).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('is not all here'),
  })
  expect(await there.models(['pull', name])).toMatchObject({ code: 0 })
})

test('remove deletes what was pulled, once', async () => {
  await using there = await place()
  await there.models(['pull', name])
  expect(await there.models(['remove', name])).toMatchObject({
    code: 0,
    stdout: `Removed ${name}\n`,
  })
  expect(await readdir(join(there.files, '../..'))).toEqual([])
  expect(await there.models(['remove', name])).toMatchObject({ code: 1, stdout: '' })
  expect(await there.models(['verify', name])).toMatchObject({ code: 1, stdout: '' })
  expect(await there.models(['verify'])).toMatchObject({ code: 0, stdout: '' })
})

test.each([
  [[], 'Say what to do: list, pull, remove, verify.'],
  [['push'], 'The action is one of list, pull, remove, verify, not push.'],
  [['pull'], 'Name the model: descry models pull NAME'],
  [['pull', name, 'more'], 'more is left over.'],
  [['list', name], `${name} is left over.`],
  [['pull', name, '--dtype', 'q5'], '--dtype is one of fp32, fp16,'],
  [['verify', '--json'], '--json is for list.'],
  [['remove', name, '--update'], '--update is for pull.'],
])('wrong use (%j) is said so', async (args, message) => {
  const { code, stderr } = await runDescry(['models', ...args])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) })
  expect(stderr).toContain('See: descry models --help')
})
