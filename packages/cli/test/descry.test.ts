import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { fakeCaptioner } from './fake-captioner.ts'
import { pictureFolder } from './picture-folder.ts'
import { runDescry } from './run-descry.ts'
import { findOlderNode, finish, spawnDescry } from './spawn-descry.ts'

const olderNode = findOlderNode()
const older = { node: olderNode ?? '' }

test.each(['', 'caption', 'serve', 'migrate', 'doctor'])(
  'descry %s --help explains itself on stdout',
  async (command) => {
    const args = [command, '--help'].filter(Boolean)
    const { code, stdout, stderr } = await runDescry(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Usage: descry ${command || 'COMMAND'}`)
  },
)

test('--version is the version of the package', async () => {
  const { code, stdout, stderr } = await finish(spawnDescry(['--version']))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toBe(`${packageJson.version}\n`)
})

test.each([
  [[], 'COMMAND'],
  [['help'], 'COMMAND'],
  [['help', '--help'], 'COMMAND'],
  [['help', 'caption'], 'caption'],
  [['help', 'data', 'prepare'], 'data prepare'],
])('%j prints help', async (args, usage) => {
  const { code, stdout, stderr } = await runDescry(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`Usage: descry ${usage}`)
})

test.each([
  [['capton'], 'There is no command capton. Did you mean caption?'],
  [['help', 'evalute'], 'There is no command evalute. Did you mean evaluate?'],
  [['--versoin'], 'There is no command --versoin. Did you mean --version?'],
  [['toString'], 'There is no command toString.\n'],
  [['train', '--epoch', '3'], 'There is no option --epoch. Did you mean --epochs?'],
  [['data', 'perpare'], 'There is no data perpare. Did you mean prepare?'],
  [['models', 'pul'], 'not pul. Did you mean pull?'],
  [['train', '--out'], '--out needs a value.'],
  [
    ['train', '--out', '--resume'],
    '--out needs a value. One that begins with - is written as --out=VALUE.',
  ],
  [['score', '--json=yes'], '--json takes no value.'],
  [['serve', '--port', '80'], 'There is no option --port'],
  [['migrate', 'now'], 'now'],
])('%j is exit code 2 with a hint', async (args, reason) => {
  const { code, stdout, stderr } = await runDescry(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).toMatch(/See: descry .*--help\n$/)
})

test.skipIf(!olderNode)('an older Node hands over: arguments, output and exit code', async () => {
  await using folder = await pictureFolder('a b.jpg', 'broken.jpg')
  const args = ['caption', '--json', '--', 'a b.jpg', 'broken.jpg']
  const { code, stdout } = await finish(spawnDescry(args, { cwd: folder.path, ...older }))
  expect(code).toBe(1)
  const results = stdout.trim().split('\n')
  expect(results.map((line) => JSON.parse(line).file)).toEqual(['a b.jpg', 'broken.jpg'])
})

test.skipIf(!olderNode).each(['SIGINT', 'SIGTERM'] as const)(
  'an older Node passes %s on, once',
  async (signal) => {
    await using folder = await pictureFolder('1.jpg', '2.jpg')
    await using fake = await fakeCaptioner((call) => ({
      text: 'done',
      afterMs: call > 1 ? 60_000 : 0,
    }))
    const args = ['caption', '--parallel', '1', '.']
    const child = spawnDescry(args, { cwd: folder.path, env: fake.env, ...older })
    const finished = finish(child)
    await fake.called(2)
    child.kill(signal)
    const { code, stdout } = await finished
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
    expect(stdout).toBe('1.jpg\tdone\n')
  },
)

test.skipIf(!olderNode)('what an older Node started dies with it', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg')
  await using fake = await fakeCaptioner((call) => ({
    text: 'done',
    afterMs: call > 1 ? 60_000 : 0,
  }))
  const args = ['caption', '--parallel', '1', '.']
  const child = spawnDescry(args, { cwd: folder.path, env: fake.env, ...older })
  const finished = finish(child) // both ends of the pipes are closed only when the grandchild is gone
  await fake.called(2)
  child.kill('SIGKILL')
  expect(await finished).toMatchObject({ signal: 'SIGKILL' })
})

test.skipIf(!olderNode)(
  'without a newer Node beside it, one sentence says what to do',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-shim-'))
    await cp(join(import.meta.dirname, '../bin'), join(folder, 'bin'), { recursive: true })
    const shim = join(folder, 'bin/descry.js')
    const { code, stderr } = await finish(spawnDescry([], { ...older, shim }))
    await rm(folder, { recursive: true })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Descry needs Node 24 or newer, .+npm ci.+\n$/)
  },
)
