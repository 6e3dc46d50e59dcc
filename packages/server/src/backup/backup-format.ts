import { z } from 'zod'
import { AppError } from '../errors.ts'

/**
 * A backup is a tar file: `backup.json` (what to expect), each table's rows as Postgres's COPY writes
 * them, in parts (`tables/NAME/000000.copy`), the files of the images (`blobs/KEY`), and at the end
 * `complete.json`, by which everything is checked. Without it the file was cut off.
 */
export const MANIFEST = 'backup.json'
export const COMPLETION = 'complete.json'

export const tablePart = (table: string, number: number) =>
  `tables/${table}/${String(number).padStart(6, '0')}.copy`

export const blobEntry = (key: string) => `blobs/${key}`

/** What an entry is, by its name; throws on anything that no backup holds. */
export function parseEntry(name: string): { table: string } | { key: string } {
  const table = /^tables\/([a-z0-9_]+)\/\d{6,}\.copy$/.exec(name)?.[1]
  if (table !== undefined) return { table }
  const key = /^blobs\/([\w-]+(?:\/\w[\w.-]*)+)$/.exec(name)?.[1]
  if (key !== undefined) return { key }
  throw notABackup(`it holds ${name}`)
}

/** Identifiers and bounds become part of statements, and a file may come from anywhere. */
const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/)

export const Manifest = z.object({
  format: z.literal(1, { error: 'this Descry reads format 1' }),
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** Applied to the database, in order. */
  migrations: z.array(z.string()).min(1),
  /** In an order in which rows can be inserted. */
  tables: z.array(z.object({ name: Name, columns: z.array(Name).min(1) })),
  partitions: z.array(
    z.object({
      name: Name,
      parent: Name,
      bound: z.string().regex(/^(DEFAULT|FOR VALUES FROM \('[^']*'\) TO \('[^']*'\))$/),
    }),
  ),
  sequences: z.array(z.object({ name: Name, last: z.string().regex(/^\d+$/) })),
})
export type Manifest = z.infer<typeof Manifest>

export const Completion = z.object({
  tables: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
  blobs: z.object({ count: z.number(), bytes: z.number(), sha256: z.string() }),
})
export type Completion = z.infer<typeof Completion>

export const notABackup = (why: string, cause?: unknown) =>
  new AppError('invalid-input', `This is no complete backup of Descry: ${why}.`, { cause })
