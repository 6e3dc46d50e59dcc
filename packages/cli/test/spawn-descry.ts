import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { settingsOfTests } from './settings-of-tests.ts'

type Finished = {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}
type Options = {
  cwd?: string
  env?: Record<string, string>
  node?: string
  shim?: string
  stdio?: StdioOptions
}

const ourShim = join(import.meta.dirname, '../bin/descry.js')

/**
 * Starts the command as its own process: for what only a process shows, such as real signals, pipes,
 * a full disk and the choice of Node. Everything else is tested with `runDescry`, which starts none.
 */
export function spawnDescry(args: readonly string[], options: Options = {}): ChildProcess {
  const { cwd, env = {}, node = process.execPath, shim = ourShim } = options
  const { stdio = ['ignore', 'pipe', 'pipe'] } = options
  return spawn(node, [shim, ...args], { cwd, env: settingsOfTests(env), stdio })
}

export async function finish(child: ChildProcess): Promise<Finished> {
  const ended = new Promise<Pick<Finished, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const [stdout, stderr, end] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    ended,
  ])
  return { ...end, stdout, stderr }
}

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
