import packageJson from '../package.json' with { type: 'json' }
import type { Command, Io } from './command.ts'
import { didYouMean } from './find-similar.ts'
import { processIo } from './process-io.ts'
import { reportError } from './report-error.ts'
import { UsageError } from './usage-error.ts'

/** Runs one command; returns the exit code. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    return await dispatch(args, io)
  } catch (error) {
    return reportError(error, { stderr: io.stderr, command: args[0] })
  }
}

const HELP = `Descry turns images into words.

Usage: descry COMMAND [OPTION]...

Commands:
  caption   print captions of image files; needs no server
  score     score captions against references: BLEU, METEOR, ROUGE-L, CIDEr
  data      make captioned images ready for training
  train     train a captioner
  evaluate  score a trained captioner on a dataset
  bench     measure a captioner's speed on this machine
  models    download, list, check and remove vision-language models
  serve     start the page and the HTTP API
  migrate   bring the database up to date
  backup    write everything into one file, while Descry runs or not
  restore   bring an empty Descry to the state of a backup
  verify    compare the files of images with the database
  doctor    check that everything Descry needs is there
  help      this text, or that of a command: descry help caption

Options:
  -h, --help      the same: descry caption --help
      --version   the version

Exit codes: 0 all is well, 1 something failed, 2 wrong use or configuration.
`

/** Loaded when asked for: `--help` should not have to start a database driver. */
const commands: Record<string, () => Promise<Command>> = {
  caption: async () => (await import('./caption.ts')).caption,
  score: async () => (await import('./score.ts')).score,
  data: async () => (await import('./data.ts')).data,
  train: async () => (await import('./train.ts')).train,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  bench: async () => (await import('./bench.ts')).bench,
  models: async () => (await import('./models.ts')).models,
  serve: async () => (await import('./serve.ts')).serve,
  migrate: async () => (await import('./migrate.ts')).migrate,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  verify: async () => (await import('./verify.ts')).verify,
  doctor: async () => (await import('./doctor.ts')).doctor,
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<number> {
  if (name === undefined || isHelp(name)) return print(HELP, io)
  if (name === '--version') return print(`${packageJson.version}\n`, io)
  if (name === 'help') return help(rest, io)
  const command = await load(name)
  return asksForHelp(rest) ? print(command.help, io) : command.run(rest, io)
}

/** Of a command, or of all; what follows the command is explained in the same text. */
async function help([name]: readonly string[], io: Io): Promise<number> {
  return print(name === undefined || isHelp(name) ? HELP : (await load(name)).help, io)
}

async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command()
  const known = [...Object.keys(commands), 'help', '--help', '--version']
  throw new UsageError(`There is no command ${name}.${didYouMean(name, known)}`)
}

const isHelp = (arg: string) => arg === '--help' || arg === '-h'

/** After `--` everything is a file name. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? args.length : end).some(isHelp)
}

function print(text: string, { stdout }: Io): number {
  stdout.write(text)
  return 0
}
