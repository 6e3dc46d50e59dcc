import type { Client } from 'pg'
import type { Manifest } from './backup-format.ts'

type Described = Pick<Manifest, 'migrations' | 'tables' | 'partitions' | 'sequences'>

/** What there is to copy. The queue's tables are not: its jobs are sent anew from our own rows. */
export async function describeTables(client: Client): Promise<Described> {
  const tables = await rows<TableRow>(client, TABLES)
  return {
    migrations: (await rows<{ name: string }>(client, MIGRATIONS)).map(({ name }) => name),
    tables: inOrderOfReferences(tables).map(({ name, columns }) => ({ name, columns })),
    partitions: await rows(client, PARTITIONS),
    sequences: await rows(client, SEQUENCES),
  }
}

/** The statement that gives a table's rows in an order that is the same in every database. */
export async function copyStatement(
  client: Client,
  { name, columns }: Manifest['tables'][number],
): Promise<string> {
  const key = await rows<{ column: string; text: boolean }>(client, PRIMARY_KEY, [name])
  const order = key.map(({ column, text }) => (text ? `"${column}" collate "C"` : `"${column}"`))
  const list = columns.map((column) => `"${column}"`).join(', ')
  return `copy (select ${list} from "${name}" as row order by ${order.join(', ') || 'row::text'}) to stdout`
}

/** So that equal rows are equal bytes. */
export const SESSION_SETTINGS = `
  set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'`

type TableRow = { name: string; columns: string[]; references: string[] }

function inOrderOfReferences(tables: TableRow[]): TableRow[] {
  const done = new Set<string>()
  const ordered: TableRow[] = []
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name, references }) =>
        !done.has(name) && references.every((other) => other === name || done.has(other)),
    )
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle.')
    for (const table of ready) done.add(table.name)
    ordered.push(...ready)
  }
  return ordered
}

async function rows<Row>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query(text, values)).rows
}

const MIGRATIONS = 'select name from descry_migrations order by name'

/** Partitions are part of their parent; generated columns are made again. */
const TABLES = `
  select c.relname as name,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    array(select distinct other.relname::text from pg_constraint f
      join pg_class other on other.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f') as references
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('descry_migrations', 'descry_migrations_lock')
  order by c.relname`

const PARTITIONS = `
  select c.relname as name, parent.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class parent on parent.oid = i.inhparent
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relispartition
  order by c.relname`

const SEQUENCES = `
  select sequencename as name, last_value::text as last from pg_sequences
  where schemaname = 'public' and last_value is not null order by sequencename`

const PRIMARY_KEY = `
  select a.attname as column, t.typcategory = 'S' as text
  from pg_index i cross join unnest(i.indkey) with ordinality as key (number, place)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
  join pg_type t on t.oid = a.atttypid
  where i.indrelid = format('public.%I', $1::text)::regclass and i.indisprimary order by key.place`
