import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'
import { type Manifest, notABackup } from './backup-format.ts'

/** Copies the parts of tables into them, one table after the other, in the order of the manifest. */
export function openTableWriter(client: Client, { tables }: Pick<Manifest, 'tables'>) {
  let open: { name: string; stream: CopyStreamQuery } | undefined
  let failure: unknown

  const end = async () => {
    const ended = open
    open = undefined
    if (!ended) return
    const done = finished(ended.stream)
    ended.stream.end()
    await done.catch(explain(ended.name))
  }

  return {
    async write(name: string, part: Buffer): Promise<void> {
      if (open?.name !== name) {
        await end()
        const stream = client.query(copyFrom(copyStatement(tables, name)))
        stream.on('error', (error) => {
          failure = error
        })
        open = { name, stream }
      }
      if (failure) explain(name)(failure)
      if (!open.stream.write(part)) await once(open.stream, 'drain').catch(explain(name))
    },
    end,
  }
}

function copyStatement(tables: Manifest['tables'], name: string): string {
  const table = tables.find((known) => known.name === name)
  if (!table) throw notABackup(`it holds rows of ${name}, which it does not announce`)
  return `copy "${name}" (${table.columns.map((column) => `"${column}"`).join(', ')}) from stdin`
}

/** Codes of class 22 and 23: the data are not what the table takes. */
const explain = (name: string) => (error: unknown) => {
  const { code = '', message } = error as { code?: string; message: string }
  if (/^2[23]/.test(code)) throw notABackup(`rows of ${name} cannot be read (${message})`, error)
  throw error
}
