import { expect, test } from 'vitest'
import { checkRepository, checkRevision, isSafePath } from './check-names.ts'

test.each(['Xenova/resnet-50', 'a/b', 'HuggingFaceTB/SmolVLM-256M-Instruct', 'o_1/v1.5_x'])(
  '%s is a repository',
  (name) => {
    expect(() => checkRepository(name)).not.toThrow()
  },
)

test.each([
  '',
  'gpt2',
  'a/b/c',
  '../b',
  'a/..',
  'a--b/c',
  'a/.b',
  '-a/b',
  'a/b\\c',
  'a/b\0',
  'a/b?x',
])('%j is no repository', (name) => {
  expect(() => checkRepository(name)).toThrow(
    expect.objectContaining({ code: 'bad-name', message: expect.stringMatching(/owner\/name/) }),
  )
})

test.each(['..', 'a/../b', '', '-x', 'a b', 'a?b', '.'])('%j is no revision', (revision) => {
  expect(() => checkRevision(revision)).toThrow(expect.objectContaining({ code: 'bad-name' }))
})

test.each(['main', 'refs/pr/1', 'v1.0', '607a30d783dfa663caf39e06633721c8d4cfcd7e'])(
  '%s is a revision',
  (revision) => {
    expect(() => checkRevision(revision)).not.toThrow()
  },
)

test.each([
  ['config.json', true],
  ['onnx/model.onnx', true],
  ['a b/ü+#?.txt', true],
  ['..', false],
  ['a/../../b', false],
  ['/etc/passwd', false],
  ['a//b', false],
  ['./a', false],
  ['a\\..\\b', false],
  ['C:/x', false],
  ['c:x', false],
  ['a\0b', false],
  ['a\nb', false],
  ['', false],
])('whether %j stays in its folder: %s', (path, safe) => {
  expect(isSafePath(path)).toBe(safe)
})
