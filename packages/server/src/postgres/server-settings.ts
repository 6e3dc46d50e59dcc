import type { Address } from './address.ts'

/**
 * Six processes at once (page, worker, trainer and three terminal commands), each with its pool, two
 * connections of the queue and one that listens; Postgres keeps three for its superuser.
 */
export const POOL_SIZE = 8
export const QUEUE_POOL_SIZE = 2
export const MAX_CONNECTIONS = 6 * (POOL_SIZE + QUEUE_POOL_SIZE + 1) + 3 + 11

/** Small where nobody would notice, and never at the price of an acknowledged commit. */
export function serverArguments(
  cluster: string,
  {
    address,
    maxConnections = MAX_CONNECTIONS,
  }: { address: Address; maxConnections?: number | undefined },
): string[] {
  const settings = { ...fixed, ...reachableAt(address), max_connections: maxConnections }
  return [
    ...['-D', cluster],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

const reachableAt = ({ host, port, password }: Address) =>
  password === undefined
    ? { listen_addresses: '', unix_socket_directories: host, port }
    : { listen_addresses: host, unix_socket_directories: '', port }

const fixed = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  unix_socket_permissions: '0700',
  shared_buffers: '32MB',
  max_wal_size: '256MB', // a laptop's folder should not keep a gigabyte of log
  min_wal_size: '32MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_worker_processes: 2,
  max_parallel_workers_per_gather: 0,
  max_logical_replication_workers: 0,
  autovacuum_max_workers: 1,
  io_method: 'sync', // the default starts three processes
  dynamic_shared_memory_type: 'mmap', // containers have little /dev/shm, and a kill leaves nothing there
  huge_pages: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log', // errors of statements are told to those who sent them
  log_min_error_statement: 'panic', // a statement holds captions and keys
  log_checkpoints: 'off',
  log_autovacuum_min_duration: -1,
}
