import { expect, test, vi } from 'vitest'
import { createShortcuts } from './shortcuts.ts'

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, target: null, preventDefault: () => {}, ...more }) as KeyboardEvent

function withKeys(...keys: string[]) {
  let time = 0
  const run = vi.fn()
  const shortcuts = createShortcuts(() => time)
  shortcuts.add(keys.map((key) => ({ keys: key, label: key, run: () => run(key) })))
  return { shortcuts, run, wait: (ms: number) => (time += ms) }
}

test('two keys in a row are one shortcut', () => {
  const { shortcuts, run } = withKeys('g h', 'h')
  shortcuts.handle(press('g'))
  shortcuts.handle(press('h'))
  expect(run.mock.calls).toEqual([['g h']])
})

test('the second key of a slow pair is a shortcut of its own', () => {
  const { shortcuts, run, wait } = withKeys('g h', 'h')
  shortcuts.handle(press('g'))
  wait(5000)
  shortcuts.handle(press('h'))
  expect(run.mock.calls).toEqual([['h']])
})

test('keys typed into a field are left to the field', () => {
  const { shortcuts, run } = withKeys('c')
  const field = { closest: () => true } as unknown as EventTarget
  shortcuts.handle(press('c', { target: field }))
  shortcuts.handle(press('c', { ctrlKey: true }))
  expect(run).not.toHaveBeenCalled()
})

test('removed shortcuts no longer run', () => {
  const { shortcuts } = withKeys()
  const run = vi.fn()
  const remove = shortcuts.add([{ keys: 'x', label: 'x', run }])
  remove()
  shortcuts.handle(press('x'))
  expect(run).not.toHaveBeenCalled()
})
