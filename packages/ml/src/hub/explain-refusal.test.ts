import { expect, test } from 'vitest'
import { explainRefusal } from './explain-refusal.ts'

const subject = {
  repository: 'owner/name',
  path: undefined,
  endpoint: 'https://hub.test',
  hasToken: false,
}
const explain = (status: number, headers: Record<string, string> = {}, more = {}) =>
  explainRefusal(new Response('', { status, headers }), { ...subject, ...more })

test.each([
  [
    401,
    { 'x-error-code': 'GatedRepo' },
    {},
    'gated',
    /Ask for access at https:\/\/hub\.test\/owner/,
  ],
  [403, { 'x-error-code': 'GatedRepo' }, { hasToken: true }, 'gated', /this token has no access/],
  [401, { 'x-error-code': 'RepoNotFound' }, {}, 'not-found', /is private and needs a token/],
  [404, { 'x-error-code': 'RevisionNotFound' }, {}, 'not-found', /no such revision/],
  [404, { 'x-error-code': 'EntryNotFound' }, { path: 'a.json' }, 'not-found', /has no a\.json/],
  [401, {}, { hasToken: true }, 'gated', /does not accept the token/],
  [404, {}, {}, 'not-found', /is not at https:\/\/hub\.test/],
  [404, {}, { path: 'a.json' }, 'not-found', /has no a\.json/],
  [503, {}, {}, 'unreachable', /answered 503/],
  [418, {}, {}, 'bad-answer', /answered 418/],
])('%s with %j and %j is %s', (status, headers, more, code, message) => {
  expect(explain(status, headers, more)).toMatchObject({
    code,
    message: expect.stringMatching(message),
  })
})

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ ratelimit: '"resolvers";r=0;t=172' }, 172_000],
  [{ 'retry-after': new Date(0).toUTCString() }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j asks to wait %s ms', (headers, ms) => {
  expect(explain(429, headers).retryAfterMs).toBe(ms)
})

test('what the hub says stays on one line', () => {
  const said = { 'x-error-message': `Ask\t\tthe   owner ${'x'.repeat(500)}` }
  const { message } = explain(403, said)
  expect(message).toMatch(/The hub says: Ask the owner x+$/)
  expect(message.length).toBeLessThan(500)
})
