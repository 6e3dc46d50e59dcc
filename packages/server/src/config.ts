import { isIPv4 } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import {
  ConfigError,
  captionerEnvironment,
  httpUrl,
  parseEnvironment,
  toCaptionerConfig,
} from '@descry/captioners'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export { ConfigError }

export type Config = ReturnType<typeof readConfig>

/**
 * Parses the environment once, at start-up. The result is passed down; nobody else looks at it.
 * Empty values count as not given, as in `.env` files.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const e = parseEnvironment(Env, given)

  return {
    ...toCaptionerConfig(e),
    http: {
      host: e.HOST,
      port: e.PORT,
      publicUrl: e.DESCRY_PUBLIC_URL,
      trustedProxies: e.DESCRY_TRUSTED_PROXIES,
    },
    /** Of all requests together, at one moment. */
    uploads: { maxBytes: e.DESCRY_MAX_UPLOAD_BYTES_AT_ONCE },
    roles: e.DESCRY_ROLES,
    dataFolder: resolve(e.DESCRY_DATA),
    database: { url: e.DATABASE_URL, pool: { min: 10, max: 30 } },
    fetching: { allowedHosts: e.DESCRY_FETCH_ALLOWED_HOSTS, timeoutMs: 10_000 },
    storage: { reserveBytes: e.DESCRY_STORAGE_RESERVE_BYTES },
    worker: { concurrency: e.DESCRY_WORKER_CONCURRENCY, keepJobsDays: e.DESCRY_KEEP_JOBS_DAYS },
    /** Seals the keys of providers in the database. */
    secret: e.DESCRY_SECRET,
    log: { level: e.DESCRY_LOG_LEVEL },
  }
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
const MB = 1024 * 1024

const Env = z.object({
  ...captionerEnvironment,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine(isLoopback, {
      error: ({ input }) =>
        `${input} would open Descry to others, and it has no sign-in yet. Keep HOST=127.0.0.1 and put a reverse proxy that signs people in before it (with DESCRY_PUBLIC_URL set to its address)`,
    }),
  DESCRY_PUBLIC_URL: httpUrl.optional(),
  DESCRY_TRUSTED_PROXIES: list
    .pipe(z.array(z.string().refine(isProxy, 'expected addresses or ranges such as 10.0.0.0/8')))
    .default([]),
  DESCRY_ROLES: list.pipe(z.array(z.enum(['api', 'worker'])).min(1)).default(['api', 'worker']),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected postgres://user:password@host:port/name',
    })
    .optional(),
  DESCRY_MAX_UPLOAD_BYTES_AT_ONCE: z.coerce
    .number()
    .int()
    .min(16 * MB)
    .default(256 * MB),
  DESCRY_FETCH_ALLOWED_HOSTS: list.default([]),
  DESCRY_STORAGE_RESERVE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(64 * MB),
  DESCRY_WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(Math.max(4, availableParallelism())),
  DESCRY_KEEP_JOBS_DAYS: z.coerce.number().int().min(1).default(30),
  DESCRY_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .optional(),
  DESCRY_SECRET: z
    .string()
    .min(32, 'expected at least 32 characters: openssl rand -base64 32')
    .optional(),
})

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function isProxy(text: string): boolean {
  const names = ['loopback', 'linklocal', 'uniquelocal'] // what Fastify knows by name
  return names.includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}
