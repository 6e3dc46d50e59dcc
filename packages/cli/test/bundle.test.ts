import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTinyModel } from '../../ml/test/write-tiny-model.ts'
import { pictureFolder } from './picture-folder.ts'
import { finish, spawnDescry } from './spawn-descry.ts'

const cli = join(import.meta.dirname, '..')
const build = join(cli, 'scripts/build.js')
const run = promisify(execFile)

/** Below our node_modules, where the bundle finds the npm packages that it is installed with. */
let folder: string
beforeAll(async () => {
  const cache = join(cli, '../../node_modules/.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'descry-bundle-'))
  const model = await writeTinyModel(join(folder, 'model'))
  await run(process.execPath, [build, '--out', join(folder, 'package/dist'), '--model', model])
  for (const part of ['bin', 'package.json']) {
    await cp(join(cli, part), join(folder, 'package', part), { recursive: true })
  }
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the published package captions with the model it brings, in the thread it brings', async () => {
  await using pictures = await pictureFolder('1.jpg')
  const shim = join(folder, 'package/bin/descry.js')
  const { code, stdout, stderr } = await finish(
    spawnDescry(['caption', '--json', '1.jpg'], {
      cwd: pictures.path,
      shim,
      env: { DESCRY_BUILTIN_MODEL: '' },
    }),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ captioner: 'builtin' })
  expect(await readdir(join(folder, 'package/dist/models/builtin'))).toHaveLength(3)
}, 60_000)

test('the published package runs the Postgres that is installed with it, with a supervisor it brings', async () => {
  const { code, stdout, stderr } = await finish(
    spawnDescry(['migrate'], {
      cwd: folder,
      shim: join(folder, 'package/bin/descry.js'),
      env: { DESCRY_DATA: join(folder, 'data') },
    }),
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('is up to date') })
  expect(stdout).toMatch(/^0001_/)
}, 60_000)

test('without its model it is not built', async () => {
  const args = [build, '--out', join(folder, 'other'), '--model', join(folder, 'nowhere')]
  await expect(run(process.execPath, args)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm run train:builtin'),
  })
}, 60_000)
