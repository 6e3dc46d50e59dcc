import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { describe, startDownloadProgress } from './download-progress.ts'

test.each([
  [{ done: 0, speed: 0 }, 'a.onnx  0/248 MB'],
  [{ done: 48e6, speed: 4 }, 'a.onnx  48/248 MB  4.0 MB/s  50 s left'],
  [{ done: 8e6, speed: 1 }, 'a.onnx  8/248 MB  1.0 MB/s  4 min left'],
])('%j is %j', (download, text) => {
  expect(describe({ path: 'a.onnx', total: 248e6, ...download })).toBe(text)
})

test('a terminal sees one line that changes, and everybody else nothing', () => {
  const draw = (isTTY: boolean) => {
    const stream = Object.assign(new PassThrough(), { isTTY })
    let ms = 0
    const progress = startDownloadProgress(stream, () => ms)
    for (const done of [10e6, 11e6, 30e6]) {
      progress.show({ path: 'a', done, total: 50e6 })
      ms += 60
    }
    progress.clear()
    return stream.read()?.toString().split('\r\u001b[2K') ?? []
  }
  expect(draw(true)).toEqual(['', 'a  10/50 MB', 'a  30/50 MB  166.7 MB/s  1 s left', ''])
  expect(draw(false)).toEqual([])
})
