import { expect, test } from 'vitest'
import { describeDestination } from './describe-destination.ts'

test.each([
  [null, 'nowhere'],
  ['localhost:11434', 'this-machine'],
  ['127.0.0.1:8000', 'this-machine'],
  ['[::1]:8000', 'this-machine'],
  ['api.openai.com', 'elsewhere'],
  ['localhost.example.com', 'elsewhere'],
  ['192.168.1.5:11434', 'elsewhere'],
])('images sent to %s go %s', (host, place) => {
  expect(describeDestination(host).place).toBe(place)
})
