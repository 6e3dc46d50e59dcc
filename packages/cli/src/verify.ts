import { type BlobFault, readConfig, toAppError, verifyData } from '@descry/server'
import type { Command } from './command.ts'
import { readEnvironment } from './read-environment.ts'
import { readOptions } from './read-options.ts'
import { toVisible } from './to-visible.ts'
import { writeResult } from './write-result.ts'

export const verify: Command = {
  help: `Usage: descry verify [--json]

Reads the files of all images and compares them with the database, while Descry runs or not. Changes
nothing. Prints a line for each file that is

  missing   the database knows it, and it is not there
  changed   it is empty, cut off, or has other bytes than were written
  unknown   it is there, and the database does not know it

and what can be done about it.

  --json   a JSON object a line: state, key (the path within DESCRY_DATA/blobs), imageId, names, action

Exits with 1 if there is any.
`,

  async run(args, { stdout, stderr, env }) {
    const { values } = readOptions('verify', args, { options: { json: { type: 'boolean' } } })
    const { files, faults } = await verifyData(readConfig(readEnvironment(env)), {
      onNotice: (message) => void stderr.write(`${message}\n`),
      onFault: (fault) =>
        writeResult(stdout, `${values.json ? JSON.stringify(fault) : toLine(fault)}\n`),
    }).catch((error: unknown) => {
      throw toAppError(error) ?? error
    })
    const wrong =
      faults === 0 ? 'all of them as they were written' : `${faults} not as they should be`
    stderr.write(`${files} files were read, ${wrong}.\n`)
    return faults === 0 ? 0 : 1
  },
}

const toLine = ({ state, key, names, action }: BlobFault) => {
  const called = names.length > 0 ? ` (${names.slice(0, 3).map(toVisible).join(', ')})` : ''
  return `${state.padEnd(8)} ${toVisible(key)}${called}: ${action}`
}
