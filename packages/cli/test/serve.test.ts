import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finish, runDescry, startDescry } from './run-descry.ts'

let folder: string
let env: Record<string, string>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-serve-'))
  env = { DESCRY_DATA: folder, PORT: '0' }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('serve says where it is, answers there, and stops at SIGTERM', async () => {
  const child = startDescry(['serve'], { cwd: folder, env })
  const finished = finish(child)
  const [line] = await once(child.stdout!, 'data')
  const [, address] = /^Descry is ready at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line)) ?? []
  const response = await fetch(`${address}/api/captioners`)
  expect(response.status).toBe(200)

  const doctor = await runDescry(['doctor'], { cwd: folder, env })
  expect(doctor.stdout).toContain('in use')

  child.kill('SIGTERM')
  const { code, stdout } = await finished
  expect({ code, stdout }).toEqual({ code: 0, stdout: String(line) })
}, 60_000)

test('a taken port is named, with the way out', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const taken = { ...env, PORT: String(port) }
  const { code, stdout, stderr } = await runDescry(['serve'], { cwd: folder, env: taken })
  other.close()
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`Port ${port} is taken`)
}, 60_000)

test('migrate names what it applied, once', async () => {
  const first = await runDescry(['migrate'], { cwd: folder, env })
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d{4}_\w+$/m) })
  const second = await runDescry(['migrate'], { cwd: folder, env })
  expect(second).toMatchObject({ code: 0, stdout: '' })
  expect(second.stderr).toContain('was up to date')
}, 60_000)

test('the doctor names what is wrong and exits with 1', async () => {
  const unreachable = { ...env, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }
  const { code, stdout } = await runDescry(['doctor'], { cwd: folder, env: unreachable })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ok {3}Node /m)
  expect(stdout).toMatch(/^ok {3}image library /m)
  expect(stdout).toMatch(/^bad {2}captioner .*127\.0\.0\.1:1.*OPENAI_BASE_URL/m)
}, 60_000)

test('the doctor names a wrong setting', async () => {
  const { code, stdout } = await runDescry(['doctor'], { cwd: folder, env: { DESCRY_DATTA: 'x' } })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^bad {2}configuration .*DESCRY_DATTA: there is no such setting/ms)
}, 60_000)
