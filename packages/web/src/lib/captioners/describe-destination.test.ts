import { expect, test } from 'vitest'
import { describeDestination } from './describe-destination.ts'

test.each([
  [null, 'here'],
  ['localhost:11434', 'near'],
  ['127.0.0.1:8000', 'near'],
  ['[::1]:8000', 'near'],
  ['api.openai.com', 'away'],
  ['localhost.example.com', 'away'],
  ['192.168.1.5:11434', 'away'],
])('pictures sent to %s are %s', (host, place) => {
  expect(describeDestination(host).place).toBe(place)
})
