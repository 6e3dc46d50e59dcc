import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCaption } from '../src/db/captions.ts'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { imageRow, makeImage, openWorld, upload, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const imageId = 'c'.repeat(64)

const person = { author: 'person', captioner: null, ms: null } as const
const model = { author: 'model', captioner: 'fake', ms: 1 } as const

test.each([
  ['a person, with no captioner', person, true],
  ['a model, with its captioner', model, true],
  ['a person, with a captioner', { ...person, captioner: 'fake' }, false],
  ['a person, with a model version', { ...person, model_version: '1' }, false],
  ['a model, with no captioner', { ...model, captioner: null }, false],
  ['a model, with no time', { ...model, ms: null }, false],
])('a caption by %s: kept is %s', async (_name, origin, kept) => {
  const insert = inTransaction(world.deps.db, async (tx) => {
    await tx
      .insertInto('images')
      .values(imageRow(imageId))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await insertCaption(tx, {
      ...{ organization_id: LOCAL_ORGANIZATION, id: uuidv7(), image_id: imageId, text: 'a dog' },
      ...{ style: 'concise', recipe: 'r', settings: '{}', labels: '[]' },
      ...origin,
    })
  })
  if (kept) await insert
  else await expect(insert).rejects.toThrow('captions_author')
})

test('a caption by a person crosses the wire without captioner and time', async () => {
  const { items } = (await world.app.inject({ url: `/api/captions?imageId=${imageId}` })).json()
  expect(items.find(({ author }: { author: string }) => author === 'person')).toMatchObject({
    captioner: null,
    ms: null,
    text: 'a dog',
  })
})

test('each table of somebody’s names the organization, and so does each reference to its rows', async () => {
  const { rows } = await sql<{ name: string; own: boolean }>`
    select c.relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id'
    ) as own
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not c.relispartition`.execute(world.deps.db)
  const nobodys = rows.filter(({ own }) => !own).map(({ name }) => name)
  const expected = ['descry_migrations', 'descry_migrations_lock', 'organizations', 'workers']
  expect(nobodys.sort()).toEqual(expected)

  const references = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace`.execute(world.deps.db)
  expect(references.rows.length).toBeGreaterThan(10)
  for (const { definition } of references.rows) expect(definition).toMatch(/\(organization_id/)
})

test('many who ask afresh at once leave one current caption, the last in a chain', async () => {
  const image = await makeImage()
  const ask = () =>
    world.app.inject({ method: 'POST', url: '/api/captions', ...upload(image, { fresh: 'true' }) })
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  const captions = answers.map((answer) => answer.json().captions[0])
  const superseded = captions.map(({ supersedes }) => supersedes)
  expect(new Set(superseded).size).toBe(8) // nobody supersedes what another did
  const last = captions.filter(({ id }) => !superseded.includes(id))
  expect(last).toHaveLength(1)
  const rows = await world.deps.db
    .selectFrom('current_captions')
    .select('caption_id')
    .where('image_id', '=', captions[0].imageId)
    .execute()
  expect(rows).toEqual([{ caption_id: last[0].id }])
})
