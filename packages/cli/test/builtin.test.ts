import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTinyModel } from '../../ml/test/write-tiny-model.ts'
import { fakeCaptioner } from './fake-captioner.ts'
import { pictureFolder } from './picture-folder.ts'
import { runDescry } from './run-descry.ts'
import { finish, spawnDescry } from './spawn-descry.ts'

let model: string
beforeAll(async () => {
  model = await writeTinyModel(await mkdtemp(join(tmpdir(), 'descry-model-')))
})
afterAll(() => rm(model, { recursive: true, force: true }))

test('without any configuration the built-in model captions, with confidence and labels', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '3.jpg')
  const env = { DESCRY_BUILTIN_MODEL: model }
  const { code, stdout, stderr } = await runDescry(['caption', '--json', '.'], {
    cwd: folder.path,
    env,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '3 captioned, 0 failed.\n' })
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(results.map(({ file }) => file)).toEqual(['1.jpg', '2.jpg', '3.jpg'])
  expect(results[0]).toEqual({
    file: '1.jpg',
    caption: expect.stringMatching(/^\w+( \w+)*$/),
    captioner: 'builtin',
    confidence: expect.any(Number),
    labels: expect.arrayContaining([{ name: 'grass', probability: expect.any(Number) }]),
    ms: expect.any(Number),
  })
})

test('in the terminal its confidence is a word: on stderr for one file, else after the caption', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg')
  const options = { cwd: folder.path, env: { DESCRY_BUILTIN_MODEL: model } }
  const one = await runDescry(['caption', '1.jpg'], options)
  expect(one.stdout).toMatch(/^\w+( \w+)*\n$/)
  expect(one.stderr).toMatch(/^builtin is (sure|fairly sure|unsure)\.\n$/)
  const many = await runDescry(['caption', '.'], options)
  expect(many.stdout).toMatch(/^(\d\.jpg\t[\w ]+\t(sure|fairly sure|unsure)\n){2}$/)
})

test('a style it does not write is refused, and basic is there by name', async () => {
  await using folder = await pictureFolder('1.jpg')
  const options = { cwd: folder.path, env: { DESCRY_BUILTIN_MODEL: model } }
  const refused = await runDescry(['caption', '--style', 'alt', '1.jpg'], options)
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toContain('builtin cannot write alt captions, only concise.')
  const args = ['caption', '--captioner', 'basic', '--style', 'alt', '1.jpg']
  expect((await runDescry(args, options)).stdout).toContain('colour image')
})

test('training captions get the trigger word put in front, and that is said once', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg')
  const options = { cwd: folder.path, env: { DESCRY_BUILTIN_MODEL: model } }
  const args = ['caption', '--style', 'training', '--trigger', 'sks_card', '.']
  const { code, stdout, stderr } = await runDescry(args, options)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^(\d\.jpg\tphoto of sks_card [\w ]+\t[\w ]+\n){2}$/)
  expect(stderr).toBe(
    'builtin takes no prompt, so "photo of sks_card" was put in front of its caption.\n2 captioned, 0 failed.\n',
  )
})

test('where nobody listens at the configured address, the built-in captions at once', async () => {
  await using folder = await pictureFolder('1.jpg', '2.jpg', '3.jpg', '4.jpg')
  const gone = await fakeCaptioner(() => ({ text: 'never' }))
  await gone[Symbol.asyncDispose]()
  const env = { DESCRY_BUILTIN_MODEL: model, ...gone.env }
  const started = performance.now()
  const { code, stdout, stderr } = await runDescry(['caption', '--json', '.'], {
    cwd: folder.path,
    env,
  })
  expect(code).toBe(0)
  expect(stderr).toMatch(
    /^fake at .* cannot be reached \(ECONNREFUSED\)\. .* builtin captions instead\.\n4 captioned, 0 failed\.\n$/,
  )
  const captioners = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).captioner)
  expect(captioners).toEqual(['builtin', 'builtin', 'builtin', 'builtin'])
  expect(performance.now() - started).toBeLessThan(5000)
})

test('where the model is missing basic captions, and stderr says why; asked for by name it is an error', async () => {
  await using folder = await pictureFolder('1.jpg')
  const options = { cwd: folder.path, env: { DESCRY_BUILTIN_MODEL: 'nowhere' } }
  const { code, stdout, stderr } = await runDescry(['caption', '1.jpg'], options)
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('20 × 20') })
  expect(stderr).toMatch(/^The built-in captioner is left out: There is no .*nowhere.*\n$/)
  const named = await runDescry(['caption', '--captioner', 'builtin', '1.jpg'], options)
  expect(named).toMatchObject({ code: 2, stdout: '' })
  expect(named.stderr).toMatch(/no captioner called builtin.* left out: There is no .*nowhere/)
})

test('a picture that is no photo is a failure with its reason, and --force captions it', async () => {
  const photosOnly = await writeTinyModel(await mkdtemp(join(tmpdir(), 'descry-model-')), {
    photosOnly: true,
  })
  await using folder = await pictureFolder('1.jpg')
  const options = { cwd: folder.path, env: { DESCRY_BUILTIN_MODEL: photosOnly } }
  const refused = await runDescry(['caption', '--json', '1.jpg'], options)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/^1\.jpg: This looks like a drawing, diagram or screenshot\./)
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'not-a-photo' } })

  const forced = await runDescry(['caption', '--json', '--force', '1.jpg'], options)
  expect({ code: forced.code, stderr: forced.stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(forced.stdout)).toMatchObject({
    captioner: 'builtin',
    confidence: expect.any(Number),
  })
  await rm(photosOnly, { recursive: true, force: true })
})

test('any number of names fits on the command line, and nothing is reported to anybody', async () => {
  await using folder = await pictureFolder('1.jpg')
  const names = Array.from({ length: 5000 }, (_, i) => `${'./'.repeat((i % 40) + 1)}1.jpg`)
  const options = {
    cwd: folder.path,
    env: { DESCRY_BUILTIN_MODEL: model, TMPDIR: folder.path, CI: '', ORT_DISABLE_TELEMETRY: '' },
  }
  const { code, signal, stdout } = await finish(spawnDescry(['caption', ...names], options))
  expect({ code, signal }).toEqual({ code: 0, signal: null })
  expect(stdout).toMatch(/^\.\/1\.jpg\t[\w ]+\t(sure|fairly sure|unsure)\n$/)
  // ONNX Runtime keeps a session of its telemetry there.
  expect(await readdir(folder.path)).toEqual(['1.jpg'])
})
