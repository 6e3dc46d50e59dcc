import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTinyModel } from '../../test/write-tiny-model.ts'
import { loadModel } from './load-model.ts'
import { modelCardFormat, modelCardVersion } from './model-card.ts'
import { ModelError } from './model-error.ts'
import { saveCard } from './save-model.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-load-model-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const head = { format: modelCardFormat, version: modelCardVersion }

test('a model of another architecture is refused with those that are known', async () => {
  const settings = { architecture: 'perceptron' }
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...head, settings }))
  const loading = loadModel(folder)
  await expect(loading).rejects.toBeInstanceOf(ModelError)
  await expect(loading).rejects.toThrow(
    /the architecture perceptron; this Descry knows cnn-transformer and lstm-attention\./,
  )
})

test('a model of another version is refused before its settings are looked at', async () => {
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...head, version: 99 }))
  await expect(loadModel(folder)).rejects.toThrow(/of version 99; this Descry reads version 1\./)
})

test.each([
  ['settings that do not fit', { architecture: 'lstm-attention', labels: 0 }, 'labels'],
  ['no architecture', {}, 'architecture'],
])('a card with %s is damaged', async (_what, settings, place) => {
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...head, settings }))
  const loading = loadModel(folder)
  await expect(loading).rejects.toThrow(/is damaged:/)
  await expect(loading).rejects.toThrow(`at settings.${place}`)
})

test('a card that is saved anew leaves the graphs as they are', async () => {
  const path = await writeTinyModel(join(folder, 'tiny'))
  const { card, values } = await loadModel(path)
  await saveCard(path, { ...card, calibration: null, metrics: { dev: { CIDEr: 0.5 } } })
  const again = await loadModel(path)
  expect(again.card).toEqual({ ...card, calibration: null, metrics: { dev: { CIDEr: 0.5 } } })
  expect(again.values).toEqual(values)
})

test('a card that shows labels which are not there is refused', async () => {
  const path = await writeTinyModel(join(folder, 'labels'))
  const { card } = await loadModel(path)
  await saveCard(path, { ...card, shownLabels: [{ word: 'cat', members: [3], threshold: 0.5 }] })
  await expect(loadModel(path)).rejects.toThrow(/shows labels that the model does not have/)
})
