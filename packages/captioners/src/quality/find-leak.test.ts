import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const prompt = 'Describe the scene in one plain sentence. Reply with the sentence only.'
const ruleOf = (text: string) => {
  const verdict = checkReply({ text }, { style: 'creative', prompt })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each([
  'A dog runs.</think>',
  'A dog runs.<|im_end|>\n<|im_start|>user',
  '<image>\nA dog runs.',
  '{"caption": "A dog runs."}',
  'A {colour} dog runs.',
  'A dog in [describe the setting].',
  'ASSISTANT: A dog runs.',
  'The user wants one sentence. A dog runs.',
  'Hmm, it could be a fox, but I should describe it as a dog.',
  'Draft 1: A dog. Draft 2: A dog runs.',
  'Reply with the sentence only. A dog runs.',
  "L'utilisateur demande une phrase, je dois donc mentionner le chien.",
  '用户想要一句话的描述。一只狗在跑。',
])('finds the leak in %j', (text) => {
  expect(ruleOf(text)).toBe('leak')
})

test.each([
  'A whiteboard with "Hello {name}" on it.',
  'A user manual lies open at page 8.',
  'A prompt blinks on an old green monitor.',
  'Hmm, thinks the cat, and pushes the glass off the table.',
  'Step by step, a snail climbs a stem.',
])('finds none in %j', (text) => {
  expect(ruleOf(text)).toBeUndefined()
})
