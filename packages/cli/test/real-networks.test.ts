import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FakeHub, sha256, startFakeHub } from '../../ml/test/fake-hub.ts'
import { findTeacher } from '../../ml/test/find-teacher.ts'
import { tinyVitGpt2 } from '../../ml/test/vlm/tiny-vit-gpt2.ts'
import { runDescry } from './run-descry.ts'
import { spawnDescry } from './spawn-descry.ts'

const teacher = findTeacher()
const commit = 'c0ffee'.padEnd(40, '0')

describe.skipIf(!teacher)('a network with real weights (needs DESCRY_TEST_TEACHER)', () => {
  let folder: string

  /** Twelve pictures of one colour each, which their captions name. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'descry-real-'))
    await mkdir(join(folder, 'source'))
    const rows = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const background = ['red', 'green', 'blue'][i % 3]!
        const create = { width: 32, height: 24, channels: 3, background } as const
        await sharp({ create })
          .png()
          .toFile(join(folder, 'source', `${i}.png`))
        return `${i}.png,${i < 9 ? 'train' : 'val'},a ${background} square`
      }),
    )
    await writeFile(join(folder, 'source/list.csv'), `image,split,caption\n${rows.join('\n')}\n`)
    const prepare = ['data', 'prepare', '--from', 'source', '--to', 'data', '--image-size', '224']
    expect((await runDescry(prepare, { cwd: folder })).code).toBe(0)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const trainArgs = (backbone: string, out: string) => [
    ...['train', '--data', 'data', '--out', out, '--backbone', backbone, '--size', 'tiny'],
    ...['--batch', '3', '--minimum-count', '1', '--threads', '1', '--epochs', '1'],
  ]
  const cardOf = async (out: string) =>
    JSON.parse(await readFile(join(folder, out, 'model.json'), 'utf8'))

  test.each(['classifier', 'features'] as const)(
    'in a file is a backbone, and the captioner on it captions: the %s export',
    async (part) => {
      const args = [...trainArgs(teacher![part], part), '--epochs', '16', '--rate', '0.02']
      const trained = await runDescry(args, { cwd: folder })
      expect(trained).toMatchObject({ code: 0, stderr: '' })
      expect(await cardOf(part)).toMatchObject({
        backbone: { name: `mobilenet_v2-${part}.onnx`, imageSize: 224, tokens: 49, channels: 1280 },
        settings: { encoder: { kind: 'features', tokens: 49, channels: 1280 } },
      })
      const env = { DESCRY_BUILTIN_MODEL: part }
      const captioned = await runDescry(['caption', 'source/1.png'], { cwd: folder, env })
      expect(captioned).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/green/),
      })
    },
  )

  test('in a repository comes although the connection breaks, and is not asked for twice', async () => {
    await using place = await repository()
    place.hub.faults.push({ kind: 'cut', after: 6_000_000 })
    expect(await place.train('broken')).toMatchObject({ code: 0, stderr: '' })
    expect(place.ranges()).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
    expect((await cardOf('broken')).backbone.name).toBe(`acme/mobilenet@${commit}/onnx/model.onnx`)
    expect((await place.train('again', { HF_HUB_OFFLINE: '1' })).code).toBe(0)
  })

  test('in a repository is refused where it comes with one wrong bit', async () => {
    await using place = await repository()
    const bytes = Buffer.from(place.bytes)
    bytes[5_000_000]! ^= 1
    place.hub.faults.push({ kind: 'other-bytes', bytes })
    expect(await place.train('wrong')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^onnx\/model\.onnx arrived with other bytes .* Pull again/),
    })
    await expect(stat(join(folder, 'wrong'))).rejects.toThrow('ENOENT')
    expect((await place.train('right')).code).toBe(0)
  })

  test('in a repository is gone on with after the process was killed', async () => {
    await using place = await repository()
    await place.killAt(trainArgs('acme/mobilenet', 'killed'), {
      name: 'acme--mobilenet',
      bytes: place.bytes,
    })
    expect(await place.train('killed')).toMatchObject({ code: 0, stderr: '' })
    expect(place.ranges()).toEqual([undefined, 'bytes=6000000-'])
  })

  test('among the graphs of a model is pulled on after the process was killed', async () => {
    await using place = await repository()
    const path = 'onnx/encoder_model_quantized.onnx'
    const name = 'Xenova/vit-gpt2-image-captioning'
    place.hub.repositories[name] = { commit, files: { ...tinyVitGpt2(), [path]: place.bytes } }
    const args = ['models', 'pull', name]
    await place.killAt(args, { name: name.replace('/', '--'), bytes: place.bytes, path })
    expect((await place.descry(args)).code).toBe(0)
    expect(place.ranges()).toContain('bytes=6000000-')
    expect(await place.descry(['models', 'verify'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ok {2}Xenova/),
    })
  })

  /** `acme/mobilenet` on a hub of this machine, and an empty folder for what is pulled from it. */
  async function repository() {
    const bytes = await readFile(teacher!.classifier)
    const hub: FakeHub = await startFakeHub({
      repositories: { 'acme/mobilenet': { commit, files: { 'onnx/model.onnx': bytes } } },
    })
    const data = await mkdtemp(join(folder, 'pulled-'))
    const options = (env: Record<string, string> = {}) => ({
      cwd: folder,
      env: { HF_ENDPOINT: hub.endpoint, HF_TOKEN: '', DESCRY_DATA: data, ...env },
    })
    const descry = (args: string[], env?: Record<string, string>) => runDescry(args, options(env))
    return {
      hub,
      bytes,
      descry,
      train: (out: string, env?: Record<string, string>) =>
        descry(trainArgs('acme/mobilenet', out), env),
      ranges: () =>
        hub.requests.filter(({ host }) => host === 'cdn').map(({ headers }) => headers.range),
      /** Kills a command that waits for the rest of a file, of which 6 MB are on the disk. */
      async killAt(args: string[], file: { name: string; bytes: Buffer; path?: string }) {
        const { path } = file
        hub.faults.push({ kind: 'stall', after: 6_000_000, ...(path !== undefined && { path }) })
        const child = spawnDescry(args, options())
        const root = join(data, 'hub', file.name)
        const part = join(root, 'parts', `${sha256(file.bytes)}.part`)
        await vi.waitFor(async () => expect((await stat(part)).size).toBe(6_000_000), 20_000)
        child.kill('SIGKILL')
        await once(child, 'exit')
        await utimes(`${root}.lock`, 0, 0) // as if some time had gone by
      },
      [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
    }
  }
})
