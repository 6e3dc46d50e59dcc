import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** `parseArgs`, strict; a mistake is a `UsageError` of the command. */
export function readOptions<const Config extends ParseArgsConfig>(
  command: string,
  args: readonly string[],
  config: Config,
) {
  try {
    return parseArgs({ ...config, args: [...args], strict: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const [firstSentence = error.message] = error.message.split(/\. (?=[A-Z])/)
    throw new UsageError(`${firstSentence.replace(/\.$/, '')}.`, { command, cause: error })
  }
}

/** For commands that take nothing. */
export function refuseOptions(command: string, args: readonly string[]): void {
  readOptions(command, args, { options: {}, allowPositionals: false })
}

/** For commands that take one file and nothing else. */
export function readFileName(command: string, args: readonly string[]): string {
  const { positionals } = readOptions(command, args, { options: {}, allowPositionals: true })
  const [file, ...others] = positionals
  if (file !== undefined && file !== '' && others.length === 0) return file
  throw new UsageError('Name one file.', { command })
}

/** The choice that `value` is; anything else is a mistake that names them all. */
export function oneOf<Choice extends string>(
  { command, option }: { command: string; option: string },
  choices: readonly Choice[],
  value: string,
): Choice {
  const choice = choices.find((candidate) => candidate === value)
  if (choice !== undefined) return choice
  throw new UsageError(`${option} is one of ${choices.join(', ')}, not ${value}.`, { command })
}
