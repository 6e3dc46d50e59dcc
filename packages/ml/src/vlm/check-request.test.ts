import { expect, test } from 'vitest'
import { checkRequest } from './check-request.ts'
import type { VlmFamily } from './vlm-families.ts'

const check = (family: VlmFamily, request: object) => () =>
  checkRequest({ maxTokens: 20, ...request }, { name: 'a/b', family })

test.each<[VlmFamily, object]>([
  ['vit-gpt2', {}],
  ['vit-gpt2', { sampling: { temperature: 0, topK: 1 } }],
  ['florence-2', {}],
  ['florence-2', { task: '<DETAILED_CAPTION>' }],
  ['smolvlm', { prompt: 'Look.', sampling: { temperature: 2 } }],
])('%s takes %j', (family, request) => {
  expect(check(family, request)).not.toThrow()
})

test.each<[VlmFamily, object, RegExp]>([
  ['vit-gpt2', { prompt: 'Look.' }, /follows no instructions/],
  ['vit-gpt2', { task: '<CAPTION>' }, /knows no tasks/],
  ['florence-2', { prompt: 'Look.' }, /follows no instructions/],
  ['florence-2', { task: '<OD>' }, /cannot do <OD>; it can do <CAPTION>/],
  ['smolvlm', {}, /needs a prompt/],
  ['smolvlm', { prompt: '  ' }, /needs a prompt/],
  ['smolvlm', { prompt: 'Look.', task: '<CAPTION>' }, /knows no tasks/],
  ['vit-gpt2', { sampling: { numBeams: 4 } }, /does not take numBeams; it takes temperature, topK/],
  ['vit-gpt2', { sampling: { topP: 0.9 } }, /does not take topP/],
  ['vit-gpt2', { sampling: { temperature: 3 } }, /from 0 to 2, not 3/],
  ['vit-gpt2', { sampling: { temperature: Number.NaN } }, /from 0 to 2, not NaN/],
  ['vit-gpt2', { sampling: { topK: 0 } }, /topK, not 0/],
  ['vit-gpt2', { maxTokens: 1.5 }, /maxTokens, not 1\.5/],
])('%s refuses %j and says why', (family, request, message) => {
  expect(check(family, request)).toThrow(
    expect.objectContaining({
      code: 'unsupported-option',
      message: expect.stringMatching(message),
    }),
  )
})
