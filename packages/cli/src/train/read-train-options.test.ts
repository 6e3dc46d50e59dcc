import { expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { readTrainOptions } from './read-train-options.ts'

const read = (...args: string[]) => readTrainOptions(['--data', 'data', '--out', 'run', ...args])

test('a teacher, its options and folders of pictures are read', () => {
  const args = ['--teacher', 'acme/eyes', '--teacher-output', 'x', '--also', 'a', '--also', 'b']
  const { teacher, also, settings } = read(...args, '--teacher-weight', '2.5', '--teach-only')
  expect(teacher).toMatchObject({ option: 'teacher', from: 'acme/eyes', output: 'x' })
  expect(also).toEqual(['a', 'b'])
  expect(settings.teaching).toEqual({ weight: 2.5, views: 4, only: true })
})

test('without a teacher the settings say nothing of teaching, so that runs of before go on', () => {
  expect(Object.keys(read().settings)).not.toContain('teaching')
})

test.each<[string, string[], RegExp]>([
  ['pictures without captions alone', ['--also', 'x'], /--also needs a teacher/],
  ['teaching without a teacher', ['--teach-only'], /--teach-only needs a teacher/],
  ['a weight without a teacher', ['--teacher-weight', '2'], /--teacher-weight needs a teacher/],
  ['views without a teacher', ['--teacher-views', '2'], /--teacher-views needs a teacher/],
  ['a file of no teacher', ['--teacher-file', 'x'], /Name the teacher itself/],
  [
    'a weight of 0',
    ['--teacher', 'x', '--teacher-weight', '0'],
    /a number above 0 up to 1000, not 0/,
  ],
  ['a weight in words', ['--teacher', 'x', '--teacher-weight', 'much'], /not much/],
  ['no views', ['--teacher', 'x', '--teacher-views', '0'], /a whole number from 1 to 1000, not 0/],
  ['a teacher and a backbone', ['--teacher', 'x', '--backbone', 'y'], /give one of the two/],
  [
    'a teacher in self-critical training',
    ['--teacher', 'x', '--init', 'y', '--self-critical'],
    /--self-critical takes no --teacher/,
  ],
])('%s: wrong use', (_what, args, message) => {
  expect(() => read(...args)).toThrow(UsageError)
  expect(() => read(...args)).toThrow(message)
})
