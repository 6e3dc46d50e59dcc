import { expect, test } from 'vitest'
import { endOfReply } from './end-of-reply.ts'

test.each([
  ...['stop', 'STOP', 'eos_token', 'end_turn', 'stop_sequence', 'COMPLETE', 'REASON_STOP'],
])('%s is a good end', (reason) => {
  expect(endOfReply(reason)).toBe('stop')
})

test.each([undefined, null, '', ' ', 'null', 'FINISH_REASON_UNSPECIFIED'])(
  '%j says nothing, which is no reason for doubt',
  (reason) => {
    expect(endOfReply(reason)).toBe('unknown')
  },
)

test.each([
  ['length', 'length'],
  ['MAX_TOKENS', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['refusal', 'refused'],
  ['content-filter', 'blocked'],
  ['PROHIBITED_CONTENT', 'blocked'],
  ['guardrail_intervened', 'blocked'],
] as const)('%s is %s', (reason, end) => {
  expect(endOfReply(reason)).toBe(end)
})

test.each([
  ...['error', 'abort', 'cancelled', 'timeout', 'insufficient_system_resource', 'network_error'],
  ...['OTHER', 'LANGUAGE', 'MALFORMED_FUNCTION_CALL', 'MALFORMED_RESPONSE', 'NO_IMAGE'],
  ...['tool_calls', 'tool_use', 'pause_turn', 'compaction', 'malformed_model_output'],
  ...['unknown', 'a word of tomorrow', 'constructor'],
])('%s says that the answer was broken off', (reason) => {
  expect(endOfReply(reason)).toBe('broken-off')
})
