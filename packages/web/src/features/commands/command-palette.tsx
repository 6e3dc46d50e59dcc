import { type KeyboardEvent, useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { KeyCap } from './key-cap.tsx'

type Command = { label: string; hint?: string; run: () => void }

type Props = { commands: readonly Command[]; onClose: () => void }

/** Finds pages and actions by name. */
export function CommandPalette({ commands, onClose }: Props) {
  const [text, setText] = useState('')
  const [selected, setSelected] = useState(0)
  const found = findCommands(commands, text)
  const active = Math.min(selected, found.length - 1)

  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setSelected((active + step + found.length) % Math.max(found.length, 1))
    else if (event.key === 'Enter') run(found[active])
    else return
    event.preventDefault()
  }
  return (
    <Dialog label="Find pages and actions" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={found.length > 0 ? `command-${active}` : undefined}
        aria-label="Find pages and actions"
        placeholder="Find pages and actions"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setSelected(0)
        }}
        onKeyDown={handleKey}
        className="w-full border-b border-n4 bg-transparent px-4 py-3 text-base outline-none placeholder:text-n7"
      />
      <div
        id="commands"
        role="listbox"
        aria-label="Results"
        className="max-h-80 overflow-y-auto p-2"
      >
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
          <div
            key={command.label}
            id={`command-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => run(command)}
            className="flex min-h-10 cursor-pointer items-center justify-between rounded-sm px-3 hover:bg-n2 aria-selected:bg-n3"
          >
            {command.label}
            {command.hint && <KeyCap keys={command.hint} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-5 pb-5 text-n7">No command matches.</p>}
    </Dialog>
  )
}

/** Commands whose label contains every word typed, in any order; those that start with it first. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const label = (command: Command) => command.label.toLowerCase()
  return commands
    .filter((command) => words.every((word) => label(command).includes(word)))
    .sort((one, other) => rank(other) - rank(one))

  function rank(command: Command) {
    return words[0] !== undefined && label(command).startsWith(words[0]) ? 1 : 0
  }
}
