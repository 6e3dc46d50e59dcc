import { access, constants, mkdir } from 'node:fs/promises'
import { storageRoom } from './blobs/storage-room.ts'
import { checkBuiltin } from './captioners/check-builtin.ts'
import type { Config } from './config.ts'
import { DataFolderInUse } from './db/data-lock.ts'
import { openDatabase } from './db/open-database.ts'
import { findPageFolder } from './http/serve-page.ts'
import { toAppError } from './to-app-error.ts'

export type Finding = { name: string; ok: boolean; message: string }

/** Looks at everything the server needs before it starts; each finding says what to do. */
export async function diagnose(
  config: Config,
  { fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {},
): Promise<Finding[]> {
  return [
    await look('data folder', () => checkDataFolder(config)),
    await look('free space', () => checkSpace(config)),
    await look('database', () => checkDatabase(config)),
    await look('captioner', () => checkServer(config, fetch)),
    await look('built-in model', () => checkBuiltin(config)),
    await look('page', checkPage),
  ]
}

async function look(name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, message: await check() }
  } catch (error) {
    const message =
      toAppError(error)?.message ?? (error instanceof Error ? error.message : `${error}`)
    return { name, ok: false, message }
  }
}

async function checkDataFolder({ dataFolder }: Config): Promise<string> {
  await mkdir(dataFolder, { recursive: true })
  await access(dataFolder, constants.W_OK)
  return `${dataFolder} can be written`
}

async function checkSpace({ dataFolder, storage }: Config): Promise<string> {
  const room = storageRoom(dataFolder, storage.reserveBytes)
  await room.require()
  return `${Math.floor((await room.free()) / 1e6)} MB free`
}

async function checkDatabase(config: Config): Promise<string> {
  try {
    const database = await openDatabase(config, { onError: () => {} })
    await database.close()
    return config.database.url ? 'Postgres answers' : 'the embedded database opens'
  } catch (error) {
    if (error instanceof DataFolderInUse) return 'in use by a running Descry'
    throw error
  }
}

async function checkServer({ openai }: Config, fetch: typeof globalThis.fetch): Promise<string> {
  if (!openai) return 'no server is configured; set OPENAI_BASE_URL for a large model'
  const url = `${openai.baseUrl.replace(/\/+$/, '')}/models`
  const headers = openai.apiKey ? { authorization: `Bearer ${openai.apiKey}` } : {}
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    (cause) => {
      throw new Error(`${url} cannot be reached; check OPENAI_BASE_URL.`, { cause })
    },
  )
  if (response.status === 401) throw new Error(`${url} refuses the key; check OPENAI_API_KEY.`)
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return `${url} answers`
}

async function checkPage(): Promise<string> {
  const folder = findPageFolder()
  if (!folder) throw new Error('not built; run npm run build')
  return 'built'
}
