import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { caption } from './api.ts'
import { eventually } from './eventually.ts'
import { listenToEvents } from './listen-to-events.ts'
import { makeImage } from './make-image.ts'
import { type Descry, makeFolder, startDescry } from './start-descry.ts'

const CAPTIONS = 3000
const STEP = 500 // the first one warms up
const AT_ONCE = 4

test.skipIf(process.platform !== 'linux')(
  'memory stays level over thousands of captions and hundreds of readers of events',
  async () => {
    const server = await startDescry({ DESCRY_DATA: await makeFolder() })
    const begun = Date.now()
    const looks: number[] = []
    for (let from = 0; from < CAPTIONS; from += STEP) {
      await captionMany(server, { from, to: from + STEP })
      looks.push(await restingMegabytes(server))
    }
    const seconds = Math.round((Date.now() - begun) / 1000)
    console.info(
      `soak: ${CAPTIONS} captions in ${seconds} s; MB after every ${STEP}: ${looks.join(', ')}`,
    )
    // Garbage waits to be collected for as long as it likes: only the low points tell of a leak.
    const early = Math.min(...looks.slice(0, 3))
    const late = Math.min(...looks.slice(3))
    expect(late - early).toBeLessThanOrEqual(60)

    await readEvents(server, 20)
    const connections = countConnections(server)
    const beforeReaders = await restingMegabytes(server)
    await readEvents(server, 200)
    const afterReaders = await restingMegabytes(server)
    console.info(`soak: ${beforeReaders} MB before 200 readers of events, ${afterReaders} MB after`)
    expect(afterReaders - beforeReaders).toBeLessThanOrEqual(40) // garbage comes and goes by as much
    await expect
      .poll(() => countConnections(server), { timeout: 10_000 })
      .toBeLessThanOrEqual(connections + 60) // some that our fetch keeps alive, not one per reader
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
  for (let look = 0; look < 8; look++) {
    await sleep(500)
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    looks.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
  }
  return Math.round(Math.min(...looks))
}

const countConnections = ({ pid }: Descry): number =>
  readdirSync(`/proc/${pid}/fd`).filter((file) => isSocket(`/proc/${pid}/fd/${file}`)).length

function isSocket(file: string): boolean {
  try {
    return readlinkSync(file).startsWith('socket:')
  } catch {
    return false // closed since it was listed
  }
}
