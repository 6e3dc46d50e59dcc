import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildCaptioner } from '../../src/build-captioner.ts'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'
import { anthropicErrors } from './anthropic-errors.ts'
import { awsErrors } from './aws-errors.ts'
import { ANSWERED_AT } from './error-case.ts'
import { googleErrors } from './google-errors.ts'
import { huggingFaceErrors } from './hugging-face-errors.ts'
import { local } from './local.ts'
import { makeQuestion } from './make-question.ts'
import { openaiErrors } from './openai-errors.ts'
import { startProvider } from './start-provider.ts'
import { vendors } from './vendors.ts'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: ANSWERED_AT })
  provider = await startProvider()
})
afterAll(async () => {
  vi.useRealTimers()
  await provider.close()
})

const errors = {
  ...openaiErrors,
  ...googleErrors,
  ...anthropicErrors,
  ...awsErrors,
  ...huggingFaceErrors,
}

describe.each(Object.entries(errors))('%s', (name, cases) => {
  const vendor = vendors[name]!

  test.each(cases)('%s', async (_case, answer, { outcome, retryAfterMs, says = /./ }) => {
    provider.answer(answer)
    const captioner = await buildCaptioner(vendor.settings(provider.url), {
      ...local,
      apiKey: vendor.key,
    })
    const question = await makeQuestion({ sampling: captioner.sampling ?? {} })
    const error = await captioner.caption(question, new AbortController().signal).then(
      (output) => expect.fail(`a caption: ${output.text}`),
      (failure) => failure,
    )
    await captioner.dispose?.()

    expect(error).toBeInstanceOf(CaptionerFailure)
    expect(error.outcome, error.message).toBe(outcome)
    expect(error.message).toMatch(says)
    expect(error.message).toMatch(/ at 127\.0\.0\.1:\d+ .*\.$/)
    expect(provider.requests).toHaveLength(1)
    if (retryAfterMs === undefined) return expect(error.retryAfterMs).toBeUndefined()
    expect(error.retryAfterMs).toBe(retryAfterMs)
  })
})
