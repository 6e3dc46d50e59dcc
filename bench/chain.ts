import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Captioner, ChainInput, ChainOptions, ChainResult } from '@descry/captioners'
import { createChain } from '@descry/captioners'
import { postgresUsage } from '../packages/server/src/captioners/postgres-usage.ts'
import { readConfig } from '../packages/server/src/config.ts'
import type { Db } from '../packages/server/src/db/client.ts'
import { migrate } from '../packages/server/src/db/migrate.ts'
import { openDatabase } from '../packages/server/src/db/open-database.ts'
import { insertSentImage } from '../packages/server/src/db/sent-images.ts'
import { LOCAL_ORGANIZATION } from '../packages/server/src/db/tables.ts'
import { makePhotos } from './photos.ts'
import { type Table, toRow } from './report.ts'
import { median } from './statistics.ts'

/** What a chain costs beside its captioners, on the embedded database. */
export async function measureChain(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-bench-chain-'))
  const database = await openDatabase(readConfig({ DESCRY_DATA: folder }), { onError: fail })
  try {
    await migrate(database.db)
    return await measure(database.db)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(db: Db): Promise<Table> {
  const chain = createChain({ usage: postgresUsage({ db }), onError: fail })
  const [file = new Uint8Array()] = await makePhotos(1, { width: 1024, height: 768, grain: 40 })
  const input: ChainInput = { ...question, file, thumbnail: file }
  const ask: Ask = (steps, more) => chain.run(steps, input, { ...options(), ...more })
  const instant = (name: string, more: Partial<Captioner> = {}) =>
    makeCaptioner(name, async () => ({ text: DOG }), more)
  const limits = { parallel: 20, perMinute: 1_000_000 }
  const onSend = (captioner: Captioner) =>
    insertSentImage(db, {
      organizationId: LOCAL_ORGANIZATION,
      imageId: 'bench',
      captioner: captioner.name,
      host: captioner.sendsPixelsTo ?? '',
    })

  const bare = await overhead(ask, instant('bare'))
  const logged = await overhead(ask, instant('logged', { sendsPixelsTo: 'there' }), { onSend })
  const limited = await overhead(ask, instant('limited', { limits }))
  const all = await overhead(ask, instant('all', { limits, sendsPixelsTo: 'there' }), { onSend })
  const parallel = await secondsInParallel(ask)
  const dead = await deadFirst(ask)
  await chain.dispose()
  return {
    columns: ['measured'],
    rows: [
      toRow('chain, a caption of an instant captioner', 'ms', '≤ 2', bare),
      toRow('the same, each sending written down', 'ms', '≤ 2', logged),
      toRow('the same, with limits', 'ms', '≤ 2', limited),
      toRow('the same, with limits and each sending written down', 'ms', '≤ 2', all),
      toRow('200 captions of 1 s each, 20 in parallel', 's', '≤ 13', parallel),
      toRow('300 images, dead first captioner: requests to it', 'requests', '≤ 1', dead.requests),
      toRow('the same: what its deadline of 2 s costs', 's', '≤ 2.5', dead.seconds),
    ],
  }
}

type Ask = (steps: readonly Captioner[], more?: Partial<ChainOptions>) => Promise<ChainResult>

/** Milliseconds from asking the chain to its answer, one after the other: the median of 300. */
async function overhead(
  ask: Ask,
  captioner: Captioner,
  more: Partial<ChainOptions> = {},
): Promise<number> {
  const times: number[] = []
  for (let image = 0; image < 350; image++) {
    const started = performance.now()
    await ask([captioner], more)
    times.push(performance.now() - started)
  }
  return median(times.slice(50)) // the first ones find cold code
}

async function secondsInParallel(ask: Ask): Promise<number> {
  const slow = makeCaptioner('slow', () => sleep(1000, { text: DOG }), { limits: { parallel: 20 } })
  const started = performance.now()
  await Promise.all(Array.from({ length: 200 }, () => ask([slow])))
  return (performance.now() - started) / 1000
}

/** One image after the other, so that none is on its way when the captioner is found dead. */
async function deadFirst(ask: Ask): Promise<{ requests: number; seconds: number }> {
  let requests = 0
  const never = () => {
    requests += 1
    return new Promise<never>(() => {})
  }
  const steps = [
    makeCaptioner('dead', never, { timeoutMs: 2000 }),
    makeCaptioner('next', async () => ({ text: DOG })),
  ]
  const started = performance.now()
  for (let image = 0; image < 300; image++) await ask(steps)
  return { requests, seconds: (performance.now() - started) / 1000 }
}

const DOG = 'A dog on a beach.'

const question = {
  mediaType: 'image/jpeg',
  width: 1024,
  height: 768,
  style: 'concise',
  prompt: 'Describe this image.',
} as const

const options = (): ChainOptions => ({
  organizationId: LOCAL_ORGANIZATION,
  signal: new AbortController().signal,
})

const makeCaptioner = (
  name: string,
  caption: Captioner['caption'],
  more: Partial<Captioner> = {},
): Captioner => ({
  name,
  kind: 'openai-compatible',
  description: 'for the bench',
  styles: ['concise'],
  takesInstructions: true,
  sees: true,
  parent: null,
  sendsPixelsTo: null,
  modelVersion: '1',
  caption,
  ...more,
})

function fail(error: unknown): never {
  throw error
}
