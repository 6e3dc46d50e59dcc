import { readConfig, restoreDatabase, toAppError } from '@descry/server'
import type { Command } from './command.ts'
import { readEnvironment } from './read-environment.ts'
import { readFileName } from './read-options.ts'

export const restore: Command = {
  help: `Usage: descry restore FILE

Brings an empty Descry to the state of a backup: choose a new folder with DESCRY_DATA, or a new
database with DATABASE_URL. Every row is read back and compared with the backup; if anything in the
file is missing or damaged, no row is restored. Jobs that were not finished wait again.

Keys of providers are sealed: for them to work, put secret.key of the old folder into the new one, or
set the same DESCRY_SECRET as before. Otherwise enter them again.
`,

  async run(args, { stdout, stderr, env }) {
    const file = readFileName('restore', args)
    const onNotice = (message: string) => void stderr.write(`${message}\n`)
    const config = readConfig(readEnvironment(env))
    const restored = await restoreDatabase(config, file, { onNotice }).catch((error: unknown) => {
      throw toAppError(error) ?? error
    })
    const { createdAt, tables, blobs, jobs, sealedKeys } = restored
    stdout.write(`Restored the backup of ${createdAt}: ${tables} tables and ${blobs} files.\n`)
    if (jobs > 0) stderr.write(`${jobs} unfinished jobs wait again.\n`)
    if (sealedKeys > 0 && config.secret === undefined) {
      stderr.write(
        `${sealedKeys} keys of providers are sealed: put the secret.key of the old folder into ${config.dataFolder}, or enter them again.\n`,
      )
    }
    return 0
  },
}
