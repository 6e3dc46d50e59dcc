import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCaptioner } from '../../src/build-captioner.ts'
import { local } from './local.ts'
import { makeCompletion } from './make-completion.ts'
import { makeQuestion } from './make-question.ts'
import { startProvider } from './start-provider.ts'
import { vendors } from './vendors.ts'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

const whole = 'A brown dog runs along a sandy beach.'
const completion = (reason: string | null) => makeCompletion({ content: whole }, reason).body
const generated = (finish_reason: string | null) => [
  { generated_text: whole, details: { finish_reason } },
]

/** An answer with this reason for its end, in the words of each vendor that has one. */
const answers: Record<string, (reason: string | null) => unknown> = {
  'openai-compatible': completion,
  'a chat of Hugging Face': completion,
  'a captioning model of Hugging Face': generated,
  sagemaker: generated,
  google: (finishReason) => ({
    candidates: [{ content: { parts: [{ text: whole }] }, finishReason }],
  }),
  anthropic: (stop_reason) => ({ ...(vendors.anthropic!.good(whole) as object), stop_reason }),
  bedrock: (stopReason) => ({ ...(vendors.bedrock!.good(whole) as object), stopReason }),
}

const reasons: Record<string, { good: (string | null)[]; bad: string[] }> = {
  'openai-compatible': {
    good: ['stop', 'eos_token', 'eos', 'STOP', '', null],
    bad: ['error', 'abort', 'insufficient_system_resource', 'tool_calls', 'network_error'],
  },
  'a chat of Hugging Face': { good: ['stop', 'eos_token', null], bad: ['error', 'abort'] },
  'a captioning model of Hugging Face': { good: ['eos_token', null], bad: ['error'] },
  sagemaker: { good: ['eos_token', null], bad: ['error'] },
  google: {
    good: ['STOP', 'FINISH_REASON_UNSPECIFIED', null],
    bad: ['OTHER', 'LANGUAGE', 'MALFORMED_FUNCTION_CALL', 'MALFORMED_RESPONSE', 'NO_IMAGE'],
  },
  anthropic: { good: ['end_turn', 'stop_sequence', null], bad: ['pause_turn', 'tool_use', 'odd'] },
  bedrock: {
    good: ['end_turn', 'stop_sequence', null],
    bad: ['tool_use', 'malformed_model_output'],
  },
}

describe.each(Object.entries(reasons))('%s', (name, { good, bad }) => {
  const vendor = vendors[name]!
  const answer = answers[name]!

  async function ask(body: unknown) {
    provider.answer({ body })
    const settings = vendor.settings(provider.url)
    const captioner = await buildCaptioner(settings, { ...local, apiKey: vendor.key })
    const question = await makeQuestion({ sampling: captioner.sampling ?? {} })
    return captioner
      .caption(question, new AbortController().signal)
      .finally(() => captioner.dispose?.())
  }

  test.each(good)('a text that ended with %j is a caption', async (reason) => {
    expect((await ask(answer(reason))).text).toBe(whole)
  })

  test('so is one that nobody says the end of', async () => {
    const body = JSON.stringify(answer('gone'), (_key, value) =>
      value === 'gone' ? undefined : value,
    )
    expect((await ask(JSON.parse(body))).text).toBe(whole)
  })

  test.each(bad)('a text that ended with %j is none, and is asked for again', async (reason) => {
    const failure = await ask(answer(reason)).catch((error) => error)
    expect(failure).toMatchObject({ outcome: 'bad-answer', reply: whole })
    expect(failure.message).toContain(`broke off (${reason})`)
  })
})
