import { readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { PostgresPaths } from './postgres-paths.ts'

/** How others find the supervisor of a folder, and what to say when they cannot reach it. */
export type SupervisorFile = {
  pid: number
  host: string
  version: string
  socket: string
  port: number
}

export async function writeSupervisorFile(
  { supervisor }: Pick<PostgresPaths, 'supervisor'>,
  content: Omit<SupervisorFile, 'pid' | 'host'>,
): Promise<void> {
  const unfinished = `${supervisor}.new`
  const text = JSON.stringify({ pid: process.pid, host: hostname(), ...content })
  await writeFile(unfinished, text, { mode: 0o600 })
  await rename(unfinished, supervisor)
}

/** Nothing comes back where there is none, or an unreadable one, as a power cut may leave. */
export async function readSupervisorFile({
  supervisor,
}: Pick<PostgresPaths, 'supervisor'>): Promise<SupervisorFile | undefined> {
  try {
    const { pid, host, version, socket, port } = JSON.parse(await readFile(supervisor, 'utf8'))
    return typeof socket === 'string' ? { pid, host, version, socket, port } : undefined
  } catch {
    return undefined
  }
}
