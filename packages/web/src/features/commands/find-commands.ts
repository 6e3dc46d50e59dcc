export type Command = { label: string; hint?: string; run: () => void }

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
