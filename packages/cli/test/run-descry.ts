import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'

export type Finished = {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}
type Options = { cwd?: string; env?: Record<string, string>; node?: string; shim?: string }

const ourShim = join(import.meta.dirname, '../bin/descry.js')

/**
 * Starts the real command as its own process; settings of whoever runs the tests do not reach it. No
 * built-in model unless a test names one.
 */
export function startDescry(args: readonly string[], options: Options = {}): ChildProcess {
  const { cwd, env = {}, node = process.execPath, shim = ourShim } = options
  const ours = Object.entries(process.env).filter(([name]) => !/^(DESCRY|OPENAI)_|URL$/.test(name))
  return spawn(node, [shim, ...args], {
    cwd,
    env: { ...Object.fromEntries(ours), DESCRY_BUILTIN_MODEL: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

export async function finish(child: ChildProcess): Promise<Finished> {
  const ended = new Promise<Pick<Finished, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const [stdout, stderr, end] = await Promise.all([text(child.stdout!), text(child.stderr!), ended])
  return { ...end, stdout, stderr }
}

export const runDescry = (args: readonly string[], options: Options = {}): Promise<Finished> =>
  finish(startDescry(args, options))

/** A Node on this machine that is too old for our sources, if there is one. */
export function findOlderNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const outside = folders.filter((folder) => !folder.includes('node_modules'))
  return outside.map((folder) => join(folder, 'node')).find(isOlder)
}

function isOlder(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    const version = execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 })
    return Number.parseInt(version.slice(1), 10) < 24
  } catch {
    return false // not a Node at all
  }
}
