import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFailed, onTestFinished } from 'vitest'
import { untilEmbeddedEnded } from './embedded.ts'

const root = join(import.meta.dirname, '..', '..')

export type Descry = {
  /** Empty in a process that only works. */
  url: string
  pid: number
  log(): Promise<string>
  /** Kills it as a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop; resolves to its exit code. */
  stop(): Promise<number | null>
  isAlive(): boolean
}

/** A folder that goes when the test ends. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-hard-'))
  onTestFinished(async () => {
    await untilEmbeddedEnded(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  })
  return folder
}

/** Starts Descry as its users do and waits until it says that it is ready. */
export async function startDescry(env: Record<string, string>, withinMs = 60_000): Promise<Descry> {
  const launched = await launchDescry(env)
  const line = await launched.ready(withinMs)
  return { ...launched, url: /http:\S+/.exec(line)?.[0] ?? '' }
}

/** Starts Descry and does not wait for anything. */
export async function launchDescry(env: Record<string, string>) {
  const folder = await makeFolder()
  const logFile = join(folder, 'log')
  const child = spawnDescry(env, { folder, logFile })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const line = readReadyLine(child)
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const log = () => readFile(logFile, 'utf8')
  const kill = () => {
    if (isAlive()) killGroup(child)
    return exited.then(() => {})
  }
  let said = ''
  onTestFailed(() => console.info(`Process ${child.pid} said:\n${said}`))
  onTestFinished(async () => {
    await kill()
    said = (await log()).slice(-6000) // the folder goes next
  })

  return {
    pid: child.pid!,
    exited,
    log,
    kill,
    isAlive,
    stop() {
      child.kill('SIGTERM')
      return exited
    },
    /** The line that says so. */
    async ready(withinMs: number): Promise<string> {
      const timer = Promise.withResolvers<undefined>()
      const timeout = setTimeout(timer.resolve, withinMs)
      const found = await Promise.race([line, exited.then(() => undefined), timer.promise])
      clearTimeout(timeout)
      if (found) return found
      throw new Error(`Descry was not ready within ${withinMs} ms.`)
    },
  }
}

function spawnDescry(env: Record<string, string>, at: { folder: string; logFile: string }) {
  const stderr = openSync(at.logFile, 'a')
  // As `npm start` does.
  const command = ['--max-semi-space-size=4', 'packages/cli/bin/descry.js', 'serve']
  const child = spawn(process.execPath, command, {
    cwd: root,
    // No captioner of the developer's own: every machine runs the same.
    env: {
      PATH: process.env.PATH,
      HOME: at.folder,
      PORT: '0',
      DESCRY_BUILTIN_MODEL: 'none',
      ...env,
    },
    stdio: ['ignore', 'pipe', stderr],
    detached: true, // a group of its own, so that no process of it outlives a kill
  })
  closeSync(stderr)
  return child
}

function readReadyLine(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk
      const line = /^Descry is ready.*(?=\n)/m.exec(output)?.[0]
      if (line) resolve(line)
    })
  })
}

function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it was faster
  }
}
