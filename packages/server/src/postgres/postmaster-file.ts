import { execFile } from 'node:child_process'
import { open, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** What Postgres writes about itself into `postmaster.pid`, a line each. */
export type Postmaster = { pid: number; port: number; socketFolder: string; status: string }

/** Source: src/include/utils/pidfile.h. Lines that are not written yet are empty here. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pathOf(cluster), 'utf8').catch(() => '')
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
 * names the shared memory by which Postgres notices children that outlived a killed parent. It is written
 * over in place: begun anew, a full disk or a kill would leave it empty. Postgres reads past blanks in
 * front of a number.
 */
export async function disownStaleFile(cluster: string, parentPid = process.pid): Promise<void> {
  await using file = await open(pathOf(cluster), 'r+')
  const [first = '', ...rest] = (await file.readFile('utf8')).split('\n')
  await file.write([String(parentPid).padStart(first.length), ...rest].join('\n'), 0)
}

/** Of a file without a number Postgres says that it is empty, and never starts. It says nothing to us either. */
export async function removeEmptyFile(cluster: string): Promise<void> {
  if ((await readPostmaster(cluster)) === undefined) await rm(pathOf(cluster), { force: true })
}

const pathOf = (cluster: string): string => join(cluster, 'postmaster.pid')

const run = promisify(execFile)
