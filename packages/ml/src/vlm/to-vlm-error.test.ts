import { expect, test } from 'vitest'
import { RuntimeFailure } from '../runtime/runtime-failure.ts'
import { toLoadError, toVlmError } from './to-vlm-error.ts'
import { VlmError } from './vlm-error.ts'

const absent = new RuntimeFailure('device-absent', 'There is no GPU.')
const damaged = new VlmError('model-missing', 'Half of it is gone.')

test.each<[unknown, string, string]>([
  [new Error('std::bad_alloc'), 'out-of-memory', 'out-of-memory'],
  [new RangeError('Array buffer allocation failed'), 'out-of-memory', 'out-of-memory'],
  [
    new Error('Failed to allocate memory for requested buffer of size 99'),
    'out-of-memory',
    'out-of-memory',
  ],
  [absent, 'device-absent', 'device-absent'],
  [damaged, 'model-missing', 'model-missing'],
  [new Error('Non-zero status code'), 'run-failed', 'model-damaged'],
  ['thrown text', 'run-failed', 'model-damaged'],
])('%s is %s in a run, and %s while loading', (error, running, loading) => {
  expect(toVlmError(error).code).toBe(running)
  expect(toLoadError(error, { name: 'a/b', folder: '/models' }).code).toBe(loading)
})

test('of a long message the first line is told', () => {
  const { message } = toVlmError(new Error(`No such node\nat ${'x'.repeat(9000)}`))
  expect(message).toBe('The model failed while it computed: No such node.')
})
