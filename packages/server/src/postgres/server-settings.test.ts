import { expect, test } from 'vitest'
import { MAX_CONNECTIONS, POOL_SIZE, QUEUE_POOL_SIZE, serverArguments } from './server-settings.ts'

test('page, worker, trainer and three terminal commands at once find connections, and a few are left', () => {
  const needed = 6 * (POOL_SIZE + QUEUE_POOL_SIZE + 1)
  const reservedForSuperusers = 3
  expect(MAX_CONNECTIONS).toBe(80)
  expect(needed + reservedForSuperusers).toBeLessThan(MAX_CONNECTIONS)
})

test('it listens on no network address, unless there are no Unix sockets', () => {
  const at = (address: Parameters<typeof serverArguments>[1]['address']) =>
    serverArguments('/data', { address }).join(' ')
  expect(at({ host: '/sockets', port: 5432 })).toContain('listen_addresses= ')
  expect(at({ host: '127.0.0.1', port: 9, password: 'x' })).toContain('listen_addresses=127.0.0.1 ')
})
