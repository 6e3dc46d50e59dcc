import { expect, test } from 'vitest'
import { hang, scripted } from '../../test/chain/scripted-captioner.ts'
import { makeQuestion } from '../../test/providers/make-question.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { ask } from './ask.ts'

const { signal } = new AbortController()

test('the picture goes out in a form that the captioner takes', async () => {
  const hosted = scripted('hosted', 'a card', { sendsPixelsTo: 'api.example.com' })
  const input = await makeQuestion({ mediaType: 'image/webp' })
  expect(await ask(hosted, input, { signal })).toMatchObject({ output: { text: 'a card' } })
  expect(hosted.calls[0]?.mediaType).toBe('image/jpeg')
})

test.each([
  ['cannot be made small enough', 'image/jpeg', { maxBytes: 10 }, 'too-large'],
  ['cannot be read', 'image/webp', {}, 'unsupported-image'],
])('a picture that %s is a failure of that captioner', async (what, mediaType, limits, outcome) => {
  const hosted = scripted('hosted', 'a card', { sendsPixelsTo: 'api.example.com', limits })
  const question = await makeQuestion()
  const file = what === 'cannot be read' ? Buffer.from('no image') : question.file
  const answer = await ask(hosted, { ...question, file, mediaType }, { signal })
  expect(answer).toMatchObject({ failure: { outcome } })
  expect(hosted.calls).toEqual([])
})

test('a captioner that does not listen to its signal is given up at its deadline', async () => {
  const deaf = scripted('deaf', hang)
  const answer = await ask(deaf, await makeQuestion(), { signal, timeoutMs: 20 })
  expect(answer).toMatchObject({
    failure: { outcome: 'timed-out', message: 'deaf did not answer within 0 seconds.' },
    excused: false,
  })
})

test('the reason of the caller ends it, and is no answer', async () => {
  const caller = new AbortController()
  const run = ask(scripted('deaf', hang), await makeQuestion(), { signal: caller.signal })
  caller.abort(new Error('gone'))
  await expect(run).rejects.toThrow('gone')
})

test.each([
  ['a key that the request brought', new CaptionerFailure('bad-key', 'No.'), { apiKey: 'mine' }],
  [
    'a setting that was refused before anything was sent',
    new CaptionerFailure('bad-request', 'No.'),
    {},
  ],
])('%s is not held against the captioner', async (_case, failure, input) => {
  const answer = await ask(scripted('strict', failure), await makeQuestion(input), { signal })
  expect(answer).toMatchObject({ failure, excused: true })
})
