import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeCaptioner } from './fake-captioner.ts'
import { pictureFolder } from './picture-folder.ts'
import { runDescry } from './run-descry.ts'
import { finish, spawnDescry } from './spawn-descry.ts'

let folder: string
let env: Record<string, string>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-serve-'))
  env = { DESCRY_DATA: folder, PORT: '0' }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('serve says where it is, answers there, and stops at SIGTERM', async () => {
  const child = spawnDescry(['serve'], { cwd: folder, env })
  const finished = finish(child)
  const [line] = await once(child.stdout!, 'data')
  const [, address] = /^Descry is ready at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line)) ?? []
  const response = await fetch(`${address}/api/captioners`)
  expect(response.status).toBe(200)

  const doctor = await runDescry(['doctor'], { cwd: folder, env })
  expect(doctor.stdout).toContain('in use by a running Descry 0.1.0, and answers')

  child.kill('SIGTERM')
  const { code, stdout } = await finished
  expect({ code, stdout }).toEqual({ code: 0, stdout: String(line) })
}, 60_000)

test('captions come from the captioners of a server, which remembers them', async () => {
  await using captioner = await fakeCaptioner(() => ({ text: 'A dog on a beach.' }))
  await using pictures = await pictureFolder('1.jpg', '2.broken.jpg')
  const child = spawnDescry(['serve'], { cwd: folder, env: { ...env, ...captioner.env } })
  const finished = finish(child)
  const [line] = await once(child.stdout!, 'data')
  const [address = ''] = /http:\/\/\S+/.exec(String(line)) ?? []
  const caption = (...args: string[]) =>
    runDescry(['caption', '--server', address, ...args], { cwd: pictures.path, env: {} })

  const first = await caption('--json', '.')
  expect(
    first.stdout
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row)),
  ).toMatchObject([
    { file: '1.jpg', caption: 'A dog on a beach.', captioner: 'openai:fake' },
    { file: '2.broken.jpg', error: { code: 'unsupported-image' } },
  ])
  expect((await caption('1.jpg')).stdout).toBe('A dog on a beach.\n')
  expect(captioner.calls).toBe(1)
  const refused = await caption('--captioner', 'nobody', '1.jpg')
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('called nobody') })

  const beside = await runDescry(['caption', '--data', folder, '1.jpg'], {
    cwd: pictures.path,
    env: captioner.env,
  })
  expect(beside).toMatchObject({ code: 0, stdout: 'A dog on a beach.\n' })
  expect(captioner.calls).toBe(1) // what the server captioned
  const nowhere = await runDescry(['caption', '--data', 'nowhere', '1.jpg'], { cwd: pictures.path })
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('no data folder') })

  child.kill('SIGTERM')
  await finished
  const away = await caption('1.jpg')
  expect(away).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no Descry') })
}, 60_000)

test('the doctor looks at the database and changes nothing', async () => {
  const data = join(folder, 'data')
  const settings = { ...env, DESCRY_DATA: data }
  const look = async () => (await runDescry(['doctor'], { cwd: folder, env: settings })).stdout
  expect(await look()).toMatch(/^ok {3}database .*none yet; the first start makes it/m)
  expect(await readdir(folder)).toEqual([])

  await runDescry(['migrate'], { cwd: folder, env: settings })
  expect(await look()).toMatch(/^ok {3}database .*not running; the next start uses it/m)
  await writeFile(join(data, 'postgres/data/postmaster.pid'), `${process.pid}\n`)
  expect(await look()).toMatch(/^ok {3}database .*not stopped the last time/m)
  await chmod(join(data, 'postgres/data'), 0o755)
  expect(await look()).toMatch(/^bad {2}database .*open to other users: chmod/m)
  await writeFile(join(data, 'postgres/data/PG_VERSION'), '17\n')
  expect(await look()).toMatch(/^bad {2}database .*Postgres 17.*comes with Postgres 18/m)
}, 60_000)

test('a backup is written once, restored into a new folder, and refused where rows are', async () => {
  const run = (name: string, ...args: string[]) =>
    runDescry(args, { cwd: folder, env: { ...env, DESCRY_DATA: join(folder, name) } })
  await run('old', 'migrate')
  expect(await run('old', 'backup', 'all.tar')).toMatchObject({ code: 0, stdout: 'all.tar\n' })
  const again = await run('old', 'backup', 'all.tar')
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') })

  const restored = await run('new', 'restore', 'all.tar')
  expect(restored).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Restored the backup of/),
  })
  const nowhere = await run('new', 'restore', 'none.tar')
  expect(nowhere).toMatchObject({ code: 1, stderr: 'There is no file none.tar.\n' })
  expect(await run('new', 'restore')).toMatchObject({ code: 2 })
}, 60_000)

test('where the database is gone and files of images are there, nothing starts until a backup is restored', async () => {
  const run = (...args: string[]) => runDescry(args, { cwd: folder, env })
  await run('migrate')
  await run('backup', 'all.tar')
  await rm(join(folder, 'postgres'), { recursive: true })
  await mkdir(join(folder, 'blobs'))
  await writeFile(join(folder, 'blobs', 'picture'), 'x')
  for (const command of [['migrate'], ['serve'], ['backup', 'again.tar'], ['verify']]) {
    const refused = await run(...command)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^.* holds files of images, but the database is gone .*\n$/)
    expect(await readdir(folder)).not.toContain('postgres')
  }

  expect(await run('restore', 'all.tar')).toMatchObject({ code: 0 })
  const verified = await run('verify', '--json')
  expect(verified).toMatchObject({
    code: 1,
    stderr: '1 files were read, 1 not as they should be.\n',
  })
  expect(JSON.parse(verified.stdout)).toMatchObject({ state: 'unknown', key: 'picture' })
  await rm(join(folder, 'blobs', 'picture'))
  expect(await run('verify')).toMatchObject({ code: 0, stdout: '' })
}, 60_000)

test('a taken port is named, with the way out', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const taken = { ...env, PORT: String(port) }
  const { code, stdout, stderr } = await finish(spawnDescry(['serve'], { cwd: folder, env: taken }))
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
