import { migrateDatabase, readConfig } from '@descry/server'
import type { Command } from './command.ts'
import { readEnvironment } from './read-environment.ts'
import { refuseOptions } from './read-options.ts'

export const migrate: Command = {
  help: `Usage: descry migrate

Brings the database up to date (DATABASE_URL, or the embedded one in DESCRY_DATA) and prints the
name of each migration it applied. \`descry serve\` does the same when it starts.
`,

  async run(args, { stdout, stderr, env }) {
    refuseOptions('migrate', args)
    const { applied } = await migrateDatabase(readConfig(readEnvironment(env)))
    for (const name of applied) stdout.write(`${name}\n`)
    stderr.write(
      applied.length === 0
        ? 'The database was up to date.\n'
        : `${applied.length} applied; the database is up to date.\n`,
    )
    return 0
  },
}
