import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { caption } from './api.ts'
import { eventually } from './eventually.ts'
import { listenToEvents } from './listen-to-events.ts'
import { makeImage } from './make-image.ts'
import { type Descry, makeFolder, startDescry } from './start-descry.ts'

const WARM_UP = 500
const CAPTIONS = 3000
const AT_ONCE = 4

test.skipIf(process.platform !== 'linux')(
  'memory stays level over thousands of captions and hundreds of readers of events',
  async () => {
    const server = await startDescry({ DESCRY_DATA: await makeFolder() })
    await captionMany(server, { from: 0, to: WARM_UP })
    const warm = await restingMegabytes(server)

    const begun = Date.now()
    await captionMany(server, { from: WARM_UP, to: CAPTIONS })
    const rate = Math.round((CAPTIONS - WARM_UP) / ((Date.now() - begun) / 1000))
    const after = await restingMegabytes(server)
    console.info(
      `soak: ${CAPTIONS} captions, ${rate} a second; ${warm} MB after ${WARM_UP}, ${after} MB at the end`,
    )
    expect(after - warm).toBeLessThanOrEqual(60)

    const filesBefore = await countOpenFiles(server)
    await readEvents(server, 20)
    const beforeReaders = await restingMegabytes(server)
    await readEvents(server, 200)
    const afterReaders = await restingMegabytes(server)
    console.info(`soak: ${beforeReaders} MB before 200 readers of events, ${afterReaders} MB after`)
    expect(afterReaders - beforeReaders).toBeLessThanOrEqual(10)
    await eventually(
      'the connections of the readers are closed',
      async () => (await countOpenFiles(server)) <= filesBefore + 5, // a few are kept alive
      { withinMs: 10_000 },
    ).catch(async (error) => {
      throw new Error(`${filesBefore} open files became ${await countOpenFiles(server)}`, { cause: error })
    })
  },
)

async function captionMany({ url }: Descry, { from, to }: { from: number; to: number }) {
  let next = from
  const caller = async () => {
    while (next < to) {
      const { status, body } = await caption(url, await makeImage(next++))
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
}

/** Twenty at a time come, hear of one caption, and go. */
async function readEvents(server: Descry, count: number): Promise<void> {
  for (let done = 0; done < count; done += 20) {
    const readers = await Promise.all(Array.from({ length: 20 }, () => listenToEvents(server.url)))
    const { body } = await caption(server.url, await makeImage(100_000 + done + count))
    await eventually(
      'all readers hear of it',
      async () => readers.every((reader) => reader.text().includes(body.image.id)),
      { withinMs: 10_000, everyMs: 20 },
    )
    await Promise.all(readers.map((reader) => reader.stop()))
  }
}

/** Resident memory after a rest, in which the runtime collects its garbage: the lowest of some looks. */
async function restingMegabytes({ pid }: Descry): Promise<number> {
  const looks: number[] = []
  for (let look = 0; look < 16; look++) {
    await sleep(500)
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    looks.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
  }
  return Math.round(Math.min(...looks))
}

const countOpenFiles = async ({ pid }: Descry) => (await readdir(`/proc/${pid}/fd`)).length
