import { type ParseArgsConfig, parseArgs } from 'node:util'
import { didYouMean } from './find-similar.ts'
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
    throw new UsageError(explain(error.message, Object.keys(config.options ?? {})), {
      command,
      cause: error,
    })
  }
}

/** What `parseArgs` complains about, in the words of our other messages. */
function explain(message: string, names: readonly string[]): string {
  const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? []
  if (unknown !== undefined) {
    const known = [...names, 'help'].map((name) => `--${name}`)
    return `There is no option ${unknown}.${didYouMean(unknown, known)}`
  }
  const [, missing] =
    /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message) ??
    []
  if (missing !== undefined) {
    return `${missing} needs a value. One that begins with - is written as ${missing}=VALUE.`
  }
  const [, flag] = /^Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(message) ?? []
  if (flag !== undefined) return `${flag} takes no value.`
  const [, argument] = /^Unexpected argument '(.*)'/s.exec(message) ?? []
  return argument === undefined ? message : `${argument} is left over: only options are taken here.`
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
  const guess = didYouMean(value, choices)
  throw new UsageError(`${option} is one of ${choices.join(', ')}, not ${value}.${guess}`, {
    command,
  })
}
