import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmdirSync, statfsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { caption, getHealth, listCaptions, listJobs, submitJob } from './api.ts'
import { eventually } from './eventually.ts'
import { makeImage } from './make-image.ts'
import { startCaptioner } from './start-captioner.ts'
import { startDescry } from './start-descry.ts'

const MB = 1024 * 1024

/** One caption an image, so that they can be counted. */
const ONE = { styles: 'concise' }

test.skipIf(!canMount())(
  'a full disk refuses what is new, keeps what waits, and is over when there is room again',
  async () => {
    const disk = mountDisk()
    const captioner = await startCaptioner({ ms: () => 2000 })
    const server = await startDescry({
      ...captioner.env,
      DESCRY_DATA: disk.data,
      DESCRY_WORKER_CONCURRENCY: '2',
    })
    const images = await Promise.all(Array.from({ length: 8 }, (_, number) => makeImage(number)))
    const accepted = await Promise.all(images.map((image) => submitJob(server.url, image, ONE)))
    expect(accepted.map(({ status }) => status)).toEqual(images.map(() => 202))
    const ids = accepted.map(({ body }) => body.id)
    const before = await readdir(disk.blobs, { recursive: true })

    disk.fill({ leave: 40 * MB }) // less than the reserve, 64 MB
    await expectFull(server.url)

    expect(await readdir(disk.blobs, { recursive: true })).toEqual(before)
    expect(await readdir(disk.temporary)).toEqual([])
    await sleep(6000)
    const waiting = (await listJobs(server.url)).filter(({ status }) => status === 'queued')
    expect(waiting.length).toBeGreaterThanOrEqual(images.length - 4) // two in hand, two fetched
    expect(waiting.map(({ attempts }) => attempts)).toEqual(waiting.map(() => 0))

    await disk.free()
    await eventually('all jobs are done', () => allDone(server.url, ids), {
      withinMs: 30_000,
    })
    expect((await caption(server.url, await makeImage(100), ONE)).status).toBe(200)
    expect((await getHealth(server.url)).status).toBe(200)
    expect(captioner.calls()).toBe(images.length + 1)
  },
)

test.skipIf(!canMount())(
  'without a reserve a disk with no byte left still refuses, and is over when there is room again',
  async () => {
    const disk = mountDisk()
    const env = { DESCRY_DATA: disk.data, DESCRY_STORAGE_RESERVE_BYTES: '0' }
    const server = await startDescry(env)
    const stored = await caption(server.url, await makeImage(1), ONE)
    expect(stored.status).toBe(200)

    disk.fill({ leave: 0 })
    for (let number = 10; number < 20; number++) {
      const image = await makeImage(number, { side: 400 })
      const { status, body } = await caption(server.url, image, ONE)
      expect({ status, code: body.error?.code }).toEqual({ status: 507, code: 'storage-full' })
    }
    expect(await readdir(disk.temporary)).toEqual([])

    await disk.free()
    expect(server.isAlive()).toBe(true)
    const again = await caption(server.url, await makeImage(10, { side: 400 }), ONE)
    expect(again.status).toBe(200)
    expect(await listCaptions(server.url)).toHaveLength(2)
  },
)

test.skipIf(!canMount())(
  'a disk that fills up in the middle of commits loses nothing that was acknowledged',
  async () => {
    const disk = mountDisk()
    const env = { DESCRY_DATA: disk.data, DESCRY_STORAGE_RESERVE_BYTES: '0' }
    const server = await startDescry(env)
    const ids: string[] = []
    let number = 0
    let refused = 0
    let submitting = true
    const submitter = async () => {
      while (submitting) {
        const image = await makeImage(number++)
        const answer = await submitJob(server.url, image, ONE).catch(() => undefined)
        if (answer?.status === 202) ids.push(answer.body.id)
        else refused += 1
      }
    }
    const load = Promise.all(Array.from({ length: 4 }, submitter))
    await eventually('jobs are acknowledged', async () => ids.length > 20, { withinMs: 30_000 })
    for (let time = 0; time < 3; time++) {
      disk.fill({ leave: 200_000 })
      const before = refused
      await eventually('the disk is full', async () => refused > before, { withinMs: 60_000 })
      await sleep(3000) // commits, checkpoints and Postgres itself meet it
      await disk.free()
      const acknowledged = ids.length
      await eventually('jobs are acknowledged again', async () => ids.length > acknowledged + 5, {
        withinMs: 60_000,
      })
    }
    submitting = false
    await load

    expect(server.isAlive()).toBe(true)
    await eventually('all jobs are done', () => allDone(server.url, ids), { withinMs: 120_000 })
    console.info(
      `disk full three times: ${ids.length} jobs acknowledged, ${refused} refused, none lost`,
    )
  },
)

async function expectFull(url: string): Promise<void> {
  const image = await makeImage(99)
  for (const { status, body } of [
    await caption(url, image, ONE),
    await submitJob(url, image, ONE),
  ]) {
    expect({ status, code: body.error.code }).toEqual({ status: 507, code: 'storage-full' })
    expect(body.error.message).toContain('64 MB are kept in reserve')
  }
  const { status, body } = await getHealth(url)
  expect({ status, ready: body.ready }).toEqual({ status: 503, ready: false })
  expect(body.checks.storage?.reason).toContain('free in the data folder')
  expect(await listCaptions(url)).not.toContainEqual(expect.objectContaining({ jobId: null }))
}

/** Others may be there: their answers were lost, or there was no room to say that they failed. */
async function allDone(url: string, ids: string[]): Promise<boolean> {
  const done = (await listJobs(url)).filter(({ status }) => status === 'done')
  const known = new Set(done.map(({ id }) => id))
  return ids.every((id) => known.has(id))
}

/** A disk of 200 MB that is gone when the test ends. */
function mountDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'descry-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder])
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmdirSync(folder)
  })
  const data = join(folder, 'data')
  const filler = join(folder, 'filler')
  return {
    data,
    blobs: join(data, 'blobs'),
    temporary: join(data, 'tmp'),
    /** Fills it up to `leave` bytes. */
    fill({ leave }: { leave: number }): void {
      const { bavail, bsize } = statfsSync(folder)
      const pages = Math.floor((bavail * bsize - leave) / bsize)
      const chunk = Buffer.alloc(256 * bsize, 1)
      try {
        for (let left = pages; left > 0; left -= 256) {
          appendFileSync(filler, chunk.subarray(0, Math.min(left, 256) * bsize))
        }
      } catch (error) {
        // Somebody else took the last pages meanwhile: it is full, as it should be.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free: () => rm(filler),
  }
}

/** Root may, where the machine allows it at all. */
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'descry-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}
