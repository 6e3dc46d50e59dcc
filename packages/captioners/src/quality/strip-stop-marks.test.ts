import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const sentence = 'A brown dog runs along a sandy beach.'

test.each([
  ...['<|im_end|>', '</s>', '<eos>', '<|eot_id|>', '<end_of_utterance>', '<|endoftext|>', '<s>'],
  ...['<|end|>', '<|eom_id|>', '<end_of_turn>', '<|end_of_text|>', '<|end_of_sentence|>', '<pad>'],
  ...['<｜end▁of▁sentence｜>', '<|end▁of▁sentence|>', '<|return|>', '<|box_end|>', '<|user|>'],
  ...['<|END_OF_TURN_TOKEN|>', '<|END_RESPONSE|>', '[EOS]', '[SEP]', '[|endofturn|]', '<turn|>'],
  ...['</s></s></s>', '<|im_end|>\n<|endoftext|>', ' </s> ', '<EOS>', '\n<end_of_utterance>\n'],
])('cuts %j off the end', (mark) => {
  expect(checkReply({ text: sentence + mark }, { style: 'concise' })).toMatchObject({
    kind: 'pass',
    text: sentence,
  })
})

test.each([
  `<|begin_of_box|>${sentence}<|end_of_box|>`,
  `<|box_start|>${sentence}<|box_end|>`,
  `<s>${sentence}</s>`,
  `</s>${sentence}</s>`,
  `<bos>${sentence}<eos>`,
  `[CLS] ${sentence} [SEP]`,
  `"${sentence}</s>"`,
  `**${sentence}**<|im_end|>`,
  `<think>A dog.</think>\n${sentence}<|im_end|>`,
  `Caption: ${sentence}<|eot_id|>`,
])('takes the marks off %j', (text) => {
  expect(checkReply({ text }, { style: 'concise' })).toMatchObject({ kind: 'pass', text: sentence })
})

test.each([
  'A dog runs.<|im_end|>\n<|im_start|>user\nWhat else?',
  'A dog runs.</s> A cat sleeps.',
  'A dog <|endoftext|> runs.',
  'A dog runs.<end_of_turn>\n<start_of_turn>model\nA dog.',
  '<|assistant|>A dog runs.',
  'A dog runs.</think>',
  'A dog runs.<|tool_call|>',
  'A dog runs.<image>',
])('leaves the leak in %j', (text) => {
  expect(checkReply({ text }, { style: 'concise' })).toMatchObject({ kind: 'fail', rule: 'leak' })
})

test.each(['<|im_end|>', '</s>', '<s></s>', ' <eos>\n'])('finds nothing in %j', (text) => {
  expect(checkReply({ text }, { style: 'concise' })).toMatchObject({
    kind: 'fail',
    outcome: 'empty',
  })
})

test('words in brackets are no marks', () => {
  const text = 'A sign reads "[STOP]".'
  expect(checkReply({ text }, { style: 'concise' })).toMatchObject({ kind: 'pass', text })
})

test('many marks cost little', () => {
  const started = performance.now()
  checkReply({ text: `${'<|im_end|> '.repeat(1800)}x` }, { style: 'concise' })
  expect(performance.now() - started).toBeLessThan(500)
})
