import { createStore, type Store } from './store.ts'

/** `keys` as pressed: `o`, `?`, or two in a row: `g h`. */
export type Shortcut = { keys: string; label: string; run: () => void }

export type Shortcuts = {
  all: Store<readonly Shortcut[]>
  add: (shortcuts: readonly Shortcut[]) => () => void
  handle: (event: KeyboardEvent) => void
}

const SEQUENCE_MS = 1200

/** The keyboard shortcuts of what is on the screen. */
export function createShortcuts(now: () => number = () => performance.now()): Shortcuts {
  const all = createStore<readonly Shortcut[]>([])
  let first: { key: string; at: number } | undefined

  return {
    all,
    add: (shortcuts) => {
      all.update((list) => [...list, ...shortcuts])
      return () => all.update((list) => list.filter((entry) => !shortcuts.includes(entry)))
    },
    handle: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isForFocusedElement(event)) return
      const pair = first && now() - first.at < SEQUENCE_MS ? `${first.key} ${event.key}` : ''
      first = { key: event.key, at: now() }
      const list = all.get()
      const found =
        list.findLast(({ keys }) => keys === pair) ??
        list.findLast(({ keys }) => keys === event.key)
      if (!found) return
      first = undefined
      event.preventDefault()
      found.run()
    },
  }
}

/** Keys pressed while typing or in a dialog are not meant for the page. */
function isForFocusedElement({ target }: KeyboardEvent): boolean {
  const element = target as HTMLElement | null
  return Boolean(
    element?.closest?.('input, textarea, select, dialog, [contenteditable]') ||
      globalThis.document?.querySelector('dialog[open]'),
  )
}
