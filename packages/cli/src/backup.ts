import { backupDatabase, readConfig, toAppError } from '@descry/server'
import type { Command } from './command.ts'
import { readEnvironment } from './read-environment.ts'
import { readFileName } from './read-options.ts'

export const backup: Command = {
  help: `Usage: descry backup FILE

Writes a copy of everything at this moment into FILE, a new tar file: all rows of the database
(DATABASE_URL, or the embedded one in DESCRY_DATA) and the files of all images. Descry may run and
be used meanwhile. \`descry restore FILE\` reads it again, also with a newer Descry or on another
machine.

Keys of providers are in it as they are in the database: sealed. Without DESCRY_SECRET they are
sealed with DESCRY_DATA/secret.key, which is not in the file: keep a copy of it elsewhere.
Downloaded and trained models are not in it.

Exits with 1 if files of images were missing; the rest is in the backup.
`,

  async run(args, { stdout, stderr, env }) {
    const file = readFileName('backup', args)
    const onNotice = (message: string) => void stderr.write(`${message}\n`)
    const config = readConfig(readEnvironment(env))
    const { tables, blobs, bytes, missing } = await backupDatabase(config, file, {
      onNotice,
    }).catch((error: unknown) => {
      throw toAppError(error) ?? error
    })
    stdout.write(`${file}\n`)
    stderr.write(`${tables} tables and ${blobs} files, ${(bytes / 1e6).toFixed(1)} MB.\n`)
    for (const key of missing) stderr.write(`Missing, and not in the backup: ${key}\n`)
    return missing.length === 0 ? 0 : 1
  },
}
