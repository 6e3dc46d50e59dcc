import { createStore, type Store } from '../store.ts'

/** `keys` as pressed: `o`, `?`, or two after each other: `g h`. */
export type Shortcut = { keys: string; label: string; run: () => void }

export type Shortcuts = {
  all: Store<readonly Shortcut[]>
  add: (shortcuts: readonly Shortcut[]) => () => void
  handle: (event: KeyboardEvent) => void
}

const SEQUENCE_MS = 1200

/** The keys of what is on the screen now. */
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
      if (isTakenByFocus(event)) return
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

/** Someone who types, or who is in a dialog, does not mean the page. */
function isTakenByFocus({ target }: KeyboardEvent): boolean {
  const element = target as HTMLElement | null
  return Boolean(
    element?.closest?.('input, textarea, select, dialog, [contenteditable]') ||
      globalThis.document?.querySelector('dialog[open]'),
  )
}
