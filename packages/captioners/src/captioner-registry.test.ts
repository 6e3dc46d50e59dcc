import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scripted } from '../test/chain/scripted-captioner.ts'
import { captionerRegistry, type StoredCaptioner } from './captioner-registry.ts'

const stored = (name: string, updatedAt = new Date(0)): StoredCaptioner => ({
  name,
  settings: {
    ...{ kind: 'google', name, enabled: true, models: ['m'], limits: {}, sampling: {} },
    timeoutSeconds: 60,
  },
  key: undefined,
  updatedAt,
})

/** A store that answers when it is told to. */
function openRegistry(first: StoredCaptioner[]) {
  let rows = first
  let gate: Promise<void> = Promise.resolve()
  const disposed: string[] = []
  const registry = captionerRegistry({
    common: [],
    async load() {
      const read = rows
      await gate
      return read
    },
    async build({ name }) {
      const dispose = async () => void disposed.push(name)
      return scripted(name, 'a dog', { dispose })
    },
  })
  return {
    registry,
    disposed,
    save: (next: StoredCaptioner[]) => {
      rows = next
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
    names: async () => (await registry.of('o')).captioners.map(({ name }) => name),
  }
}

test('a change while a look is on its way is seen by those who ask after it', async () => {
  const { registry, names, save, hold } = openRegistry([])
  const release = hold()
  const before = names()
  await nextTurn()
  save([stored('new')])
  registry.forget('o')
  const after = names()
  release()
  expect(await before).toEqual([])
  expect(await after).toEqual(['new'])
  expect(await names()).toEqual(['new'])
})

test('one that did not change is kept, one that changed is built again, and the old one stays for captions in hand', async () => {
  const { registry, save, names, disposed } = openRegistry([stored('same'), stored('other')])
  const [same, other] = (await registry.of('o')).captioners
  save([stored('same'), stored('other', new Date(1))])
  registry.forget('o')
  const [again, changed] = (await registry.of('o')).captioners
  expect(again).toBe(same)
  expect(changed).not.toBe(other)
  save([])
  registry.forget('o')
  expect(await names()).toEqual([])
  expect(disposed).toEqual([])
  await registry.dispose()
  expect(disposed.toSorted()).toEqual(['other', 'other', 'same'])
})

test('settings that another version wrote are a problem of that captioner alone', async () => {
  const foreign = { ...stored('foreign'), settings: undefined }
  const { registry } = openRegistry([foreign, stored('mine')])
  const { captioners, problems } = await registry.of('o')
  expect(captioners.map(({ name }) => name)).toEqual(['mine'])
  expect(problems.get('foreign')).toMatch(/another version/)
})
