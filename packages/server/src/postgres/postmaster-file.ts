import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** What Postgres writes about itself into `postmaster.pid`, a line each. */
export type Postmaster = { pid: number; port: number; socketFolder: string; status: string }

/** Source: src/include/utils/pidfile.h. Lines that are not written yet are empty here. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  return {
    pid,
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? '',
    status: (lines[7] ?? '').trim(),
  }
}

/** The process that runs this very folder; a number that belongs to somebody else by now is none. */
export async function findRunningPostgres(cluster: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(cluster)
  if (!postmaster) return undefined
  return (await isPostgresOf(postmaster.pid, cluster)) ? postmaster : undefined
}

export async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  try {
    if (process.platform === 'linux') return await isOnLinux(pid, cluster)
    if (process.platform === 'win32') return await isOnWindows(pid)
    return await isOnUnix(pid, cluster)
  } catch {
    return false // there is no such process, or it is not ours to look at
  }
}

/** Postgres works in its own folder. */
async function isOnLinux(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/comm`, 'utf8')
  if (command.trim() !== 'postgres') return false
  return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster))
}

async function isOnUnix(pid: number, cluster: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-p', String(pid), '-o', 'command='])
  return stdout.includes('postgres') && stdout.includes(cluster)
}

async function isOnWindows(pid: number): Promise<boolean> {
  const { stdout } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
  return basename(stdout.split('"')[1] ?? '').toLowerCase() === 'postgres.exe'
}

/**
 * Postgres refuses to start while the number in the file is a living process, even if that is no
 * Postgres; except for its own parent. So the number becomes ours. The file is not deleted: it also
 * names the shared memory by which Postgres notices children that outlived a killed parent.
 */
export async function disownStaleFile(cluster: string, parentPid = process.pid): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, [parentPid, ...rest].join('\n'))
}

const run = promisify(execFile)
