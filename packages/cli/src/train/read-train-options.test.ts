import { OptionError } from '@descry/ml/training'
import { expect, test } from 'vitest'
import { readTrainOptions } from './read-train-options.ts'

const read = (...args: string[]) => readTrainOptions(['--data', 'data', '--out', 'run', ...args])

test('a teacher, its options and folders of images are read', () => {
  const args = [
    '--teacher',
    'acme/eyes',
    '--teacher-output',
    'x',
    '--unlabeled',
    'a',
    '--unlabeled',
    'b',
  ]
  expect(read(...args, '--teacher-weight', '2.5', '--teach-only')).toMatchObject({
    teacher: { from: 'acme/eyes', output: 'x' },
    unlabeled: ['a', 'b'],
    teacherWeight: 2.5,
    teachOnly: true,
  })
})

test.each<[string, string[], RegExp]>([
  ['pictures without captions alone', ['--unlabeled', 'x'], /--unlabeled needs a teacher/],
  ['teaching without a teacher', ['--teach-only'], /--teach-only needs a teacher/],
  ['a weight without a teacher', ['--teacher-weight', '2'], /--teacher-weight needs a teacher/],
  ['views without a teacher', ['--teacher-views', '2'], /--teacher-views needs a teacher/],
  [
    'a file of no teacher',
    ['--teacher-file', 'x'],
    /--teacher is needed: an ONNX file, or a repository/,
  ],
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
  expect(() => read(...args)).toThrow(OptionError)
  expect(() => read(...args)).toThrow(message)
})
