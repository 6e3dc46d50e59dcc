import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** An empty database on a Postgres; returns its address. */
export async function createDatabase(server: string): Promise<string> {
  const name = `hard_${randomUUID().replaceAll('-', '')}`
  await query(`${server}/postgres`, `create database ${name}`)
  return `${server}/${name}`
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
