import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTinyHub, pullTinyVlm } from '../../test/vlm/pull-tiny-vlm.ts'
import { tinyFlorence2 } from '../../test/vlm/tiny-florence-2.ts'
import { tinyVitGpt2 } from '../../test/vlm/tiny-vit-gpt2.ts'
import { tinyVlms } from '../../test/vlm/tiny-vlms.ts'
import { removePulled } from '../hub/remove-pulled.ts'
import { verifyPulled } from '../hub/verify-pulled.ts'
import { findVlm, getVlm, listVlms } from './find-vlm.ts'
import { pullVlm } from './pull-vlm.ts'
import type { VlmFamily } from './vlm-families.ts'

const repository = 'owner/name'
const decoder = 'onnx/decoder_model_merged_quantized.onnx'

test.each(Object.keys(tinyVlms) as VlmFamily[])(
  'a repository of the shape of %s is known by its config.json, and what it needs comes',
  async (family) => {
    await using sample = await pullTinyVlm(tinyVlms[family]())
    expect(sample.vlm).toMatchObject({ family, repository, licence: 'mit' })
    expect(await findVlm(sample.settings, repository)).toEqual(sample.vlm)
    const files = await readdir(sample.vlm.folder, { recursive: true })
    expect(files).toContain('tokenizer.json')
    expect(files).not.toContain('README.md')
  },
)

test('the version of a model has its commit and the formats of its graphs', async () => {
  await using one = await pullTinyVlm(tinyVitGpt2())
  await using mixed = await pullTinyVlm(tinyFlorence2())
  expect(one.vlm.version).toBe('c0ffee000000-q8')
  expect(mixed.vlm.version).toBe('c0ffee000000-fp32.fp32.q4.q4')
})

test('licence and size are told before the graphs come, and the licence text comes too', async () => {
  await using sample = await openTinyHub(tinyFlorence2(), 'mit')
  const seen: unknown[] = []
  const vlm = await pullVlm(sample.settings, {
    repository,
    onStart: (start) => seen.push(start),
    onProgress: () => seen.push('progress'),
  })
  expect(seen[0]).toMatchObject({ licence: 'mit', commit: vlm.commit })
  expect((seen[0] as { bytes: number }).bytes).toBeGreaterThan(10_000)
  expect(seen[1]).toBe('progress')
  expect(await readFile(join(vlm.folder, 'LICENSE'), 'utf8')).toBe('MIT')
})

test('weights that lie beside their graph come with it', async () => {
  const files = { ...tinyVitGpt2(), [`${decoder}_data`]: 'x', [`${decoder}_data_1`]: 'y' }
  await using sample = await pullTinyVlm({ ...files, 'onnx/other.onnx_data': 'z' })
  const there = await readdir(join(sample.vlm.folder, 'onnx'))
  expect(there.filter((name) => name.includes('_data'))).toHaveLength(2)
})

test('another number format is pulled beside the first, and the last one is what is loaded', async () => {
  const files = tinyVitGpt2()
  for (const [path, bytes] of Object.entries(files)) {
    if (path.startsWith('onnx/')) files[path.replace('_quantized', '')] = bytes
  }
  await using sample = await pullTinyVlm(files)
  const other = await pullVlm(sample.settings, { repository, dtype: 'fp32' })
  expect(other.version).toBe('c0ffee000000-fp32')
  expect(await getVlm(sample.settings, repository)).toEqual(other)
  sample.hub.requests.length = 0
  expect(await pullVlm(sample.settings, { repository })).toEqual(other)
  const first = await pullVlm(sample.settings, { repository, dtype: 'default' })
  expect(first).toMatchObject({ version: sample.vlm.version, bytes: other.bytes })
  expect(sample.hub.requests).toEqual([])
})

test('a number format that is not there is refused, with those that are', async () => {
  await using sample = await openTinyHub(tinyVitGpt2())
  await expect(pullVlm(sample.settings, { repository, dtype: 'q4' })).rejects.toMatchObject({
    code: 'unsupported-model',
    message: expect.stringMatching(/encoder_model_q4\.onnx.*it has q8\./),
  })
  expect(await findVlm(sample.settings, repository)).toBeUndefined()
})

test('a repository that holds another kind of model is refused before it is downloaded', async () => {
  const config = { model_type: 'vision-encoder-decoder', decoder: { model_type: 'trocr' } }
  const files = { ...tinyVitGpt2(), 'config.json': JSON.stringify(config) }
  await using sample = await openTinyHub(files)
  await expect(pullVlm(sample.settings, { repository })).rejects.toMatchObject({
    code: 'unsupported-model',
    message: expect.stringContaining('vision-encoder-decoder with trocr'),
  })
  expect(sample.hub.requests.filter(({ host }) => host === 'cdn')).toEqual([])
})

test('without room on the disk nothing large is begun', async () => {
  await using sample = await openTinyHub(tinyVitGpt2())
  const measureFree = async () => 1000
  await expect(pullVlm(sample.settings, { repository, measureFree })).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringContaining('DESCRY_DATA'),
  })
  expect(sample.hub.requests.filter(({ host }) => host === 'cdn')).toEqual([])
})

test('offline, what is there is enough, and what is not is an error that says so', async () => {
  await using sample = await openTinyHub(tinyVitGpt2())
  const offline = { ...sample.settings, offline: true }
  await expect(pullVlm(offline, { repository })).rejects.toMatchObject({ code: 'offline' })
  const vlm = await pullVlm(sample.settings, { repository })
  expect(await pullVlm(offline, { repository })).toEqual(vlm)
})

test('a pull that was broken off is no model, and goes on where it stopped', async () => {
  await using sample = await openTinyHub(tinyVitGpt2())
  const breakOff = () => sample.hub.faults.push(...Array(3).fill({ kind: 'cut', after: 0 }))
  const pulling = pullVlm(sample.settings, { repository, onStart: breakOff })
  await expect(pulling).rejects.toMatchObject({ code: 'unreachable' })
  expect(await listVlms(sample.settings)).toMatchObject([{ repository, kind: 'part' }])
  await expect(getVlm(sample.settings, repository)).rejects.toMatchObject({
    code: 'not-pulled',
    message: expect.stringContaining('npx descry models pull owner/name'),
  })
  expect(await pullVlm(sample.settings, { repository })).toMatchObject({ family: 'vit-gpt2' })
})

test('a damaged file is found by verify, and mended by another pull', async () => {
  await using sample = await pullTinyVlm(tinyVitGpt2())
  const path = join(sample.vlm.folder, decoder)
  const whole = await readFile(path)
  const other = Buffer.from(whole)
  other[100]! ^= 1
  await writeFile(path, other)
  const damaged = (await verifyPulled(sample.settings, repository)).filter(
    ({ state }) => state !== 'ok',
  )
  expect(damaged).toEqual([{ path: decoder, state: 'damaged' }])
  await pullVlm(sample.settings, { repository })
  expect(await readFile(path)).toEqual(whole)
})

test('a model keeps its commit until an update is asked for', async () => {
  await using sample = await pullTinyVlm(tinyVitGpt2())
  const commit = 'beef'.padEnd(40, '0')
  sample.hub.repositories[repository]!.commit = commit
  expect((await pullVlm(sample.settings, { repository })).commit).toBe(sample.vlm.commit)
  expect((await pullVlm(sample.settings, { repository, update: true })).commit).toBe(commit)
})

test('all that was pulled is listed, models or not, and what is removed is gone', async () => {
  await using sample = await pullTinyVlm(tinyVitGpt2())
  expect(await listVlms(sample.settings)).toMatchObject([{ kind: 'whole', vlm: sample.vlm }])
  await writeFile(join(sample.settings.folder, 'owner--name/vlm.json'), '{}')
  await expect(listVlms(sample.settings)).rejects.toMatchObject({ code: 'model-damaged' })
  await removePulled(sample.settings, repository)
  expect(await listVlms(sample.settings)).toEqual([])
})
