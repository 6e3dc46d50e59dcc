import { expect, test } from 'vitest'
import { applyTheme, readTheme } from './theme.ts'

function place() {
  const stored = new Map<string, string>()
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  return { storage, root: { dataset: {} as DOMStringMap } }
}

test('without a choice the system decides', () => {
  expect(readTheme(place())).toBe('system')
})

test('a choice is remembered and applied', () => {
  const here = place()
  applyTheme('dark', here)
  expect(readTheme(here)).toBe('dark')
  expect(here.root.dataset.theme).toBe('dark')
})

test('going back to the system forgets the choice', () => {
  const here = place()
  applyTheme('dark', here)
  applyTheme('system', here)
  expect(readTheme(here)).toBe('system')
  expect(here.root.dataset).toEqual({})
})
