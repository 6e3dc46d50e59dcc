import { isIPv4 } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export type Config = ReturnType<typeof readConfig>

/** The environment is wrong; `message` names every mistake. The process exits with code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Parses the environment once, at start-up. The result is passed down; nobody else looks at it.
 * Empty values count as not given, as in `.env` files.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(given)
  const mistakes = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...unknownSettings(given),
  ]
  if (!parsed.success || mistakes.length > 0) {
    throw new ConfigError(`Bad configuration:\n${mistakes.map((line) => `  ${line}`).join('\n')}`)
  }
  const e = parsed.data

  return {
    http: {
      host: e.HOST,
      port: e.PORT,
      publicUrl: e.DESCRY_PUBLIC_URL,
      trustedProxies: e.DESCRY_TRUSTED_PROXIES,
    },
    roles: e.DESCRY_ROLES,
    dataFolder: resolve(e.DESCRY_DATA),
    database: { url: e.DATABASE_URL, pool: { min: 10, max: 30 } },
    images: { maxBytes: e.DESCRY_MAX_IMAGE_BYTES, maxPixels: e.DESCRY_MAX_IMAGE_PIXELS },
    fetching: { allowedHosts: e.DESCRY_FETCH_ALLOWED_HOSTS, timeoutMs: 10_000 },
    storage: { reserveBytes: e.DESCRY_STORAGE_RESERVE_BYTES },
    worker: { concurrency: e.DESCRY_WORKER_CONCURRENCY, keepJobsDays: e.DESCRY_KEEP_JOBS_DAYS },
    openai:
      e.OPENAI_API_KEY || e.OPENAI_BASE_URL
        ? {
            apiKey: e.OPENAI_API_KEY,
            baseUrl: e.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
            model: e.OPENAI_VISION_MODEL,
          }
        : undefined,
    /** Undefined: no built-in captioner. Without a folder: the model that Descry comes with. */
    builtin:
      e.DESCRY_BUILTIN_MODEL === 'none'
        ? undefined
        : { folder: e.DESCRY_BUILTIN_MODEL && resolve(e.DESCRY_BUILTIN_MODEL) },
    /** A JSON file with captioners and rules. */
    captionersFile: e.DESCRY_CAPTIONERS && resolve(e.DESCRY_CAPTIONERS),
    /** Where models are downloaded from, by the names that other tools for the Hugging Face hub use. */
    hub: {
      endpoint: e.HF_ENDPOINT,
      token: e.HF_TOKEN,
      offline: e.HF_HUB_OFFLINE,
      folder: resolve(e.DESCRY_DATA, 'hub'),
    },
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
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http(s) address' })
const MB = 1024 * 1024

const Env = z.object({
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
  DESCRY_DATA: z.string().default('./.descry'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected postgres://user:password@host:port/name',
    })
    .optional(),
  DESCRY_MAX_IMAGE_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(200 * MB)
    .default(10 * MB),
  DESCRY_MAX_IMAGE_PIXELS: z.coerce.number().int().min(1).max(268_000_000).default(64_000_000),
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
  DESCRY_BUILTIN_MODEL: z.string().optional(),
  DESCRY_CAPTIONERS: z.string().optional(),
  DESCRY_SECRET: z
    .string()
    .min(32, 'expected at least 32 characters: openssl rand -base64 32')
    .optional(),
  HF_ENDPOINT: httpUrl.default('https://huggingface.co'),
  HF_TOKEN: z.string().optional(),
  HF_HUB_OFFLINE: z
    .string()
    .default('0')
    .transform((text) => ['1', 'true', 'yes', 'on'].includes(text.toLowerCase())),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  OPENAI_VISION_MODEL: z.string().default('gpt-4o-mini'),
})

/** A misspelt DESCRY_ name would otherwise be ignored without a word. */
function unknownSettings(env: Record<string, unknown>): string[] {
  const known = Object.keys(Env.shape)
  return Object.keys(env)
    .filter((name) => name.startsWith('DESCRY_') && !name.startsWith('DESCRY_TEST_'))
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such setting`)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function isProxy(text: string): boolean {
  const names = ['loopback', 'linklocal', 'uniquelocal'] // what Fastify knows by name
  return names.includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}
