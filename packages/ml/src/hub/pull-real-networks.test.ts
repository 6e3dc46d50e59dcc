import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MODEL, openSampleHub, sha256 } from '../../test/fake-hub.ts'
import { findTeacher } from '../../test/find-teacher.ts'
import { pullFiles } from './pull-files.ts'
import type { FileProgress } from './track-progress.ts'

const teacher = findTeacher()
const request = { repository: 'owner/name', paths: [MODEL] }

describe.skipIf(!teacher)('a real network (needs DESCRY_TEST_TEACHER)', () => {
  test.each(['features', 'classifier'] as const)(
    'comes whole although its connection breaks twice: the %s export',
    async (part) => {
      const bytes = await readFile(teacher![part])
      await using sample = await openSampleHub({ files: { [MODEL]: bytes } })
      const { hub, settings } = sample
      hub.faults.push({ kind: 'cut', after: 3_000_000 }, { kind: 'cut', after: 8_000_000 })
      const seen: FileProgress[] = []
      const onProgress = (progress: FileProgress) => seen.push(progress)
      const { folder } = await pullFiles(settings, { ...request, onProgress })

      expect(sha256(await readFile(join(folder, MODEL)))).toBe(sha256(bytes))
      const done = seen.map((progress) => progress.done)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
      expect(done.at(-1)).toBe(bytes.length)

      const [whole, ...rest] = hub.requests
        .filter(({ host }) => host === 'cdn')
        .map(({ headers }) => headers.range)
      const [first = 0, second = 0] = rest.map((range) => Number(/^bytes=(\d+)-$/.exec(range!)![1]))
      expect(whole).toBeUndefined()
      expect(rest).toHaveLength(2)
      // What the socket held when it broke may be lost, but not what is on the disk.
      expect(first).toBeGreaterThan(0)
      expect(first).toBeLessThanOrEqual(3_000_000)
      expect(second).toBeGreaterThan(first)
      expect(second).toBeLessThanOrEqual(8_000_000)
    },
  )

  test('with one wrong bit is refused and deleted, and the next pull brings the right one', async () => {
    const bytes = await readFile(teacher!.classifier)
    await using sample = await openSampleHub({ files: { [MODEL]: bytes } })
    const { hub, settings } = sample
    const at = bytes.length - 1000
    hub.faults.push({ kind: 'other-bytes', bytes: Buffer.from(bytes.with(at, bytes[at]! ^ 1)) })
    await expect(pullFiles(settings, request)).rejects.toMatchObject({ code: 'damaged' })
    const root = join(settings.folder, 'owner--name')
    expect((await readdir(root, { recursive: true })).toSorted()).toEqual([
      'manifest.json',
      'parts',
    ])

    const { folder } = await pullFiles(settings, request)
    expect(sha256(await readFile(join(folder, MODEL)))).toBe(sha256(bytes))
  })
})
