import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFailed, test } from 'vitest'
import { listJobs, submitJob } from './api.ts'
import { untilEmbeddedEnded } from './embedded.ts'
import { makeImage } from './make-image.ts'
import { countOf, seededRandom } from './random.ts'
import { launchDescry, makeFolder, startDescry } from './start-descry.ts'

const STEPS = countOf(15) // 100 for the whole of it

test.skipIf(process.platform !== 'linux')(
  `${STEPS} random starts, stops and kills of three processes leave one Postgres or none, and every row`,
  async () => {
    const { seed, between } = seededRandom()
    onTestFailed(() =>
      console.info(`Repeat with DESCRY_TEST_SEED=${seed} DESCRY_TEST_COUNT=${STEPS}`),
    )
    const dataFolder = await makeFolder()
    const seen = watchPostgres(dataFolder)
    const slots: (Awaited<ReturnType<typeof launchDescry>> | undefined)[] = [
      undefined,
      undefined,
      undefined,
    ]
    const acknowledged: string[] = []
    let starts = 0
    for (let step = 0; step < STEPS; step++) {
      const slot = Math.floor(between(0, 3))
      const running = slots[slot]
      if (!running) {
        slots[slot] = await launchDescry({ DESCRY_DATA: dataFolder })
        starts += 1
      } else {
        await submit(running, step, acknowledged)
        await (between(0, 1) < 0.5 ? running.kill() : running.stop())
        slots[slot] = undefined
      }
      await sleep(between(0, 2500))
    }
    await Promise.all(slots.map((running) => running?.kill()))
    await untilEmbeddedEnded(dataFolder)
    expect(await seen.stop()).toBeLessThanOrEqual(1)

    const last = await startDescry({ DESCRY_DATA: dataFolder })
    const there = new Set((await listJobs(last.url)).map(({ id }) => id))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(await last.stop()).toBe(0)
    await untilEmbeddedEnded(dataFolder)
    console.info(
      `sharing, seed ${seed}: ${STEPS} steps, ${starts} starts, ${acknowledged.length} jobs acknowledged, 0 lost; never two Postgres at once`,
    )
  },
  3_600_000,
)

/** One that is ready takes a job; one that is still starting is ended as it is. */
async function submit(
  { ready }: Awaited<ReturnType<typeof launchDescry>>,
  number: number,
  acknowledged: string[],
): Promise<void> {
  const line = await ready(10).catch(() => '')
  const url = /http:\S+/.exec(line)?.[0]
  if (!url) return
  const { status, body } = await submitJob(url, await makeImage(number))
  expect(status).toBe(202)
  acknowledged.push(body.id)
}

/** Looks all the time; `stop` returns the most that ran at once: those that two looks in a row saw. */
function watchPostgres(dataFolder: string) {
  let most = 0
  let looking = true
  const looks = (async () => {
    let before: string[] = []
    while (looking) {
      const now = listPostmasters(`${dataFolder}/postgres/data`)
      most = Math.max(most, now.filter((pid) => before.includes(pid)).length)
      before = now
      await sleep(20)
    }
  })()
  return {
    async stop() {
      looking = false
      await looks
      return most
    },
  }
}

/** Parents of all the Postgres processes that work in the folder; of one that ends now there is none. */
function listPostmasters(cluster: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && worksIn(name, cluster))
  return pids.filter((pid) => {
    const parent = parentOf(pid)
    return parent !== '' && !pids.includes(parent)
  })
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function parentOf(pid: string): string {
  try {
    return /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}
