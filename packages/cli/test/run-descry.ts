import { EventEmitter, once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Io, StopReason } from '../src/command.ts'
import { main } from '../src/main.ts'
import { settingsOfTests } from './settings-of-tests.ts'

export type Finished = { code: number; stdout: string; stderr: string }
type Options = { cwd?: string; env?: Record<string, string>; isTTY?: boolean }

export type RunningDescry = {
  stdout: Readable
  stderr: Readable
  /** What the system does at Ctrl-C or at `kill`. */
  signal(name: StopReason): void
  finished: Promise<Finished>
}

/** Runs a command in this process, as `spawnDescry` does in one of its own, but in a tenth of the time. */
export const runDescry = (args: readonly string[], options: Options = {}): Promise<Finished> =>
  startDescry(args, options).finished

/** For tests that do something while the command runs. */
export function startDescry(args: readonly string[], options: Options = {}): RunningDescry {
  const { cwd = process.cwd(), env = {}, isTTY = false } = options
  const stdout = Object.assign(new PassThrough(), { isTTY })
  const stderr = Object.assign(new PassThrough(), { isTTY })
  const signals = new EventEmitter()
  const io: Io = { stdout, stderr, signals, env: settingsOfTests(env), kill: refuse, exit: refuse }
  const written = Promise.all([text(stdout), text(stderr)])
  const finished = inFolder(cwd, async () => {
    const code = await main(args, io)
    expectNoListeners(signals)
    stdout.end()
    stderr.end()
    const [out, err] = await written
    return { code, stdout: out, stderr: err }
  })
  return { stdout, stderr, signal: (name) => void signals.emit(name, name), finished }
}

/** Waits for the first words of a stream of a running command. */
export const firstWords = async (stream: Readable): Promise<string> =>
  String((await once(stream, 'data'))[0])

let runsHere = false

/** The working folder belongs to the process: one command at a time, and then it is what it was. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (runsHere) throw new Error('A command runs already in this process; wait for its end.')
  const before = process.cwd()
  runsHere = true
  try {
    process.chdir(folder)
    return await work()
  } finally {
    process.chdir(before)
    runsHere = false
  }
}

/** A listener that a command leaves behind would keep a later Ctrl-C from ending the process. */
function expectNoListeners(signals: EventEmitter): void {
  const left = signals.eventNames()
  if (left.length > 0) throw new Error(`The command still listens to ${left.join(', ')}.`)
}

const refuse = (): never => {
  throw new Error('This command ends its process: test it with spawnDescry.')
}
