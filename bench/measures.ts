import autocannon from 'autocannon'
import { makePhotos } from './photos.ts'
import type { BenchServer } from './server.ts'
import { median } from './statistics.ts'

type Json = { id: string; status: string }

/** Milliseconds from sending a 200 KB JPEG to its caption, one after the other: the median of 60. */
export async function captionLatency({ address }: BenchServer): Promise<number> {
  const photos = await makePhotos(70, { width: 1024, height: 768, grain: 40 })
  const times: number[] = []
  for (const photo of photos) {
    const started = performance.now()
    await post(`${address}/api/captions`, photo)
    times.push(performance.now() - started)
  }
  return median(times.slice(10)) // the first ones find cold code
}

/** Answers a second to `GET /api/jobs/:id`, from 10 connections: the median of three runs. */
export async function readsPerSecond({ address }: BenchServer): Promise<number> {
  const [photo] = await makePhotos(1, { width: 64, height: 64, grain: 10 })
  const { id } = await post(`${address}/api/jobs/captions`, photo as Buffer)
  await ended(address, id)
  const rates: number[] = []
  for (let run = 0; run < 3; run++) {
    const result = await autocannon({
      url: `${address}/api/jobs/${id}`,
      connections: 10,
      duration: 5,
    })
    if (result.non2xx > 0 || result.errors > 0) throw new Error('Some reads failed.')
    rates.push(result.requests.average)
  }
  return median(rates)
}

/** Jobs a second from the first submission to the last one done; small pictures, 16 at once. */
export async function jobsPerSecond({ address }: BenchServer): Promise<number> {
  const rates: number[] = []
  for (let run = 0; run < 3; run++) {
    const photos = await makePhotos(400, { width: 160, height: 120, grain: 20 })
    const started = performance.now()
    const ids = await inParallel(
      photos,
      16,
      async (photo) => (await post(`${address}/api/jobs/captions`, photo)).id,
    )
    await ended(address, ids.at(-1) as string)
    await allDone(address)
    rates.push((photos.length * 1000) / (performance.now() - started))
  }
  return median(rates)
}

/** Milliseconds until 30 JPEGs of 5 MB together, sent at once, are stored with thumbnails. */
export async function intakeTime({ address }: BenchServer): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    const photos = await makePhotos(30, { width: 960, height: 720, grain: 38 })
    const started = performance.now()
    await Promise.all(photos.map((photo) => post(`${address}/api/jobs/captions`, photo)))
    times.push(performance.now() - started)
    await allDone(address)
  }
  return median(times.slice(1))
}

/** Milliseconds from the 202 of a job to its start, as its row tells; the worker is idle. */
export async function wakeUpTime({ address }: BenchServer): Promise<number> {
  const times: number[] = []
  for (const photo of await makePhotos(20, { width: 64, height: 64, grain: 10 })) {
    const { id } = await post(`${address}/api/jobs/captions`, photo)
    const { createdAt, startedAt } = await ended(address, id)
    times.push(Date.parse(startedAt) - Date.parse(createdAt))
  }
  return median(times)
}

async function post(url: string, photo: Uint8Array): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(photo)]), 'photo.jpg')
  const response = await fetch(url, { method: 'POST', body: form })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json() as Promise<Json>
}

async function ended(address: string, id: string) {
  for (;;) {
    const job = await (await fetch(`${address}/api/jobs/${id}`)).json()
    if (job.status === 'done') return job
    if (job.status === 'failed') throw new Error(`Job ${id} failed: ${job.error.message}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

async function allDone(address: string): Promise<void> {
  for (const status of ['queued', 'processing']) {
    for (;;) {
      const { items } = await (await fetch(`${address}/api/jobs?status=${status}&limit=1`)).json()
      if (items.length === 0) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index] as Item)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}
