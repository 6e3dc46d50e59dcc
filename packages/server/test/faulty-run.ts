import type { Captioner, Timing } from '@descry/captioners'
import { type Caption, type CaptionJob, ErrorCode, type Page } from '@descry/contract'
import sharp from 'sharp'
import { expect } from 'vitest'
import { ask, caption, saveRules } from './captioning/requests.ts'
import { digest, FAULTY, GOOD, type startFaultyProvider } from './faulty-provider.ts'
import type { World } from './world.ts'

/** Short, so that hundreds of images with dozens of deadlines take a minute. */
export const hasty: Partial<Timing> = { backoffMs: 5, failures: 3, coolMs: 100 }

/** The second in the chain: on this machine, and at times it fails as well. */
export function fakeLocal(random: () => number): FakeLocal {
  let inHand = 0
  let busiest = 0
  const asked: string[] = []
  return {
    name: 'local',
    kind: 'builtin',
    description: 'for tests',
    styles: ['concise'],
    takesInstructions: false,
    sees: true,
    parent: null,
    sendsPixelsTo: null,
    modelVersion: '1',
    limits: { parallel: 3 },
    timeoutMs: 500,
    async caption({ file }) {
      asked.push(digest(file))
      inHand += 1
      busiest = Math.max(busiest, inHand)
      await new Promise((resolve) => setTimeout(resolve, 5))
      inHand -= 1
      return { text: random() < 0.1 ? '' : LOCAL }
    },
    busiest: () => busiest,
    asked,
  }
}

type FakeLocal = Captioner & { busiest(): number; asked: string[] }

const LOCAL = 'A dog, seen from nearby.'
const limits = { parallel: 6, perMinute: 5000 }

export async function setFaultyUp(
  world: World,
  { url }: Pick<Awaited<ReturnType<typeof startFaultyProvider>>, 'url'>,
): Promise<void> {
  const settings = {
    ...{ kind: 'openai-compatible', name: 'faulty', baseUrl: url, models: ['a-model'], limits },
    timeoutSeconds: 0.5,
  }
  const saved = await ask(world, 'PUT', '/captioners/faulty', {
    settings,
    key: 'sk-faulty-1',
  })
  expect(saved.status, saved.text).toBe(200)
  const steps = [{ captioner: 'faulty' }, { captioner: 'local' }]
  await saveRules(world, { chain: { steps, fallThroughRefusals: true } })
}

/** Jobs for so many pictures of their own. */
export async function submitJobs(world: World, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const background = { r: i % 256, g: Math.floor(i / 256), b: 77 }
    const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } })
    const image = await picture.png().toBuffer()
    const job = await caption<CaptionJob>(
      world,
      { styles: 'concise', patienceSeconds: '0' },
      { image, url: '/api/jobs/captions' },
    )
    expect(job.status, job.text).toBe(202)
  }
}

export async function listAll<Item>(world: World, path: string): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor ? `&cursor=${cursor}` : ''
    const { body }: { body: Page<Item> } = await ask<Page<Item>>(
      world,
      'GET',
      `${path}?limit=100${more}`,
    )
    items.push(...body.items)
    cursor = body.next
  }
  return items
}

export async function countEnded(world: World): Promise<number> {
  const jobs = await listAll<CaptionJob>(world, '/jobs')
  return jobs.filter(({ status }) => status === 'done' || status === 'failed').length
}

/** Every image ended with a caption or a typed failure, and no stored caption is anything else. */
export async function expectGoodEnd(world: World, count: number) {
  const jobs = await listAll<CaptionJob>(world, '/jobs')
  const captions = await listAll<Caption>(world, '/captions')
  const done = jobs.filter(({ status }) => status === 'done')
  const failed = jobs.filter(({ status }) => status === 'failed')
  expect(jobs).toHaveLength(count)
  expect(done.length + failed.length).toBe(count)
  for (const { error, trace, captionIds } of failed) {
    expect(ErrorCode.options).toContain(error?.code)
    expect(error?.code).not.toBe('internal')
    expect(trace?.steps.length).toBeGreaterThan(0)
    expect(captionIds).toEqual([])
  }
  expect(captions).toHaveLength(done.length)
  for (const { text, captioner } of captions) {
    expect(text).not.toContain(FAULTY)
    expect(captioner === 'local' ? text === LOCAL : GOOD.test(text), text).toBe(true)
  }
  return { jobs, done, failed, captions }
}

/** The limits held; a connection that the chain gave up may take a moment until the provider sees it. */
export function expectLimitsKept(
  provider: Awaited<ReturnType<typeof startFaultyProvider>>,
  local: FakeLocal,
): void {
  expect(provider.busiest()).toBeLessThanOrEqual(limits.parallel)
  expect(provider.mostAMinute()).toBeLessThanOrEqual(limits.perMinute)
  expect(local.busiest()).toBeLessThanOrEqual(3)
}
