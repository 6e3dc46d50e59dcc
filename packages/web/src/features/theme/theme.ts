export type Theme = 'system' | 'light' | 'dark'

/** Also in public/theme.js, which applies the choice before the first paint. */
const STORAGE_KEY = 'descry-theme'

type Environment = {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  root: { dataset: DOMStringMap }
}

const currentEnvironment = (): Environment => ({
  storage: localStorage,
  root: document.documentElement,
})

export function readTheme({ storage }: Environment = currentEnvironment()): Theme {
  const stored = storage.getItem(STORAGE_KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function applyTheme(
  theme: Theme,
  { storage, root }: Environment = currentEnvironment(),
): void {
  if (theme === 'system') {
    storage.removeItem(STORAGE_KEY)
    delete root.dataset.theme
  } else {
    storage.setItem(STORAGE_KEY, theme)
    root.dataset.theme = theme
  }
}
