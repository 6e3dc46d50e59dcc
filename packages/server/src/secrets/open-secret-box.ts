import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { createFile } from '../files/create-file.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'

/**
 * With DESCRY_SECRET, or in local mode with a file that only its owner may read, made the first time it is
 * needed. Processes that share a Postgres have no folder in common: they need DESCRY_SECRET.
 */
export async function openSecretBox({
  secret,
  dataFolder,
  database,
}: Pick<Config, 'secret' | 'dataFolder' | 'database'>): Promise<SecretBox> {
  if (secret !== undefined) return createSecretBox(secret)
  if (database.url !== undefined) {
    throw new AppError(
      'unsupported-option',
      'To store keys of providers with DATABASE_URL, set DESCRY_SECRET to a long random text, the same ' +
        'for all processes: openssl rand -base64 32',
    )
  }
  return createSecretBox(await readKeyFile(dataFolder))
}

async function readKeyFile(folder: string): Promise<string> {
  const path = join(folder, 'secret.key')
  const secret = `${randomBytes(32).toString('base64')}\n`
  await createFile(path, secret, { temporaryFolder: temporaryFolder(folder) })
  const text = (await readFile(path, 'utf8')).trim()
  if (text.length >= 32) return text
  throw new AppError(
    'captioner-refused',
    `${path} is damaged. Put the file back from a backup, or delete it and enter the keys again.`,
  )
}
