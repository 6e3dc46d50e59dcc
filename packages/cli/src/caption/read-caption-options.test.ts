import { expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { readCaptionOptions } from './read-caption-options.ts'

test('a path is enough', () => {
  expect(readCaptionOptions(['a.jpg'])).toEqual({
    paths: ['a.jpg'],
    json: false,
    captionerName: undefined,
    data: undefined,
    server: undefined,
    style: 'concise',
    prefix: '',
    suffix: '',
    writeText: undefined,
    parallel: 4,
    force: false,
  })
})

test('photos and anything else are captioned when forced', () => {
  expect(readCaptionOptions(['--force', 'a.jpg']).force).toBe(true)
})

test('the address of a server may end with a slash', () => {
  const { server } = readCaptionOptions(['--server', 'http://localhost:3000/', 'a.jpg'])
  expect(server).toBe('http://localhost:3000')
})

test('text files keep what they hold unless told otherwise', () => {
  expect(readCaptionOptions(['--write-txt', 'a']).writeText).toEqual({ existing: 'skip' })
  const args = ['--write-txt', '--existing=append', 'a']
  expect(readCaptionOptions(args).writeText).toEqual({ existing: 'append' })
})

test.each([
  [[], 'at least one'],
  [['--nope', 'a'], 'There is no option --nope'],
  [['--style', 'poem', 'a'], 'not poem'],
  [['--style'], '--style'],
  [['--parallel', '0', 'a'], 'not 0'],
  [['--parallel', '1e1', 'a'], 'not 1e1'],
  [['--parallel', '-1', 'a'], '--parallel'],
  [['--existing', 'skip', 'a'], 'needs --write-txt'],
  [['--write-txt', '--existing', 'merge', 'a'], 'not merge'],
  [['--json=yes', 'a'], '--json'],
  [['--prefix', 'a\nb', 'a'], 'one line'],
  [['--suffix', 'x'.repeat(1001), 'a'], '1001 characters'],
  [['--data', 'd', '--server', 'http://localhost', 'a'], 'exclude each other'],
  [['--server', 'localhost:3000', 'a'], 'not localhost:3000'],
])('%j is wrong use, and the message says why', (args, message) => {
  expect(() => readCaptionOptions(args)).toThrow(UsageError)
  expect(() => readCaptionOptions(args)).toThrow(message)
})
