import { resolve } from 'node:path'
import { z } from 'zod'

export type CaptionerConfig = ReturnType<typeof toCaptionerConfig>

/** The environment is wrong; `message` names every mistake. The process exits with code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const MB = 1024 * 1024

export const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http(s) address' })

/** The settings that the server and the terminal share: which captioners there are, and for which images. */
export const captionerEnvironment = {
  DESCRY_DATA: z.string().default('./.descry'),
  DESCRY_MAX_IMAGE_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(200 * MB)
    .default(10 * MB),
  DESCRY_MAX_IMAGE_PIXELS: z.coerce.number().int().min(1).max(268_000_000).default(64_000_000),
  DESCRY_BUILTIN_MODEL: z.string().optional(),
  DESCRY_CAPTIONERS: z.string().optional(),
  HF_ENDPOINT: httpUrl.default('https://huggingface.co'),
  HF_TOKEN: z.string().optional(),
  HF_HUB_OFFLINE: z
    .string()
    .default('0')
    .transform((text) => ['1', 'true', 'yes', 'on'].includes(text.toLowerCase())),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: httpUrl.optional(),
  OPENAI_VISION_MODEL: z.string().default('gpt-4o-mini'),
}

const Environment = z.object(captionerEnvironment)

/** What only the server reads. Known here, so that the terminal can tell them from misspelt names. */
const serverSettings = [
  'DESCRY_PUBLIC_URL',
  'DESCRY_TRUSTED_PROXIES',
  'DESCRY_ROLES',
  'DESCRY_FETCH_ALLOWED_HOSTS',
  'DESCRY_STORAGE_RESERVE_BYTES',
  'DESCRY_WORKER_CONCURRENCY',
  'DESCRY_KEEP_JOBS_DAYS',
  'DESCRY_MAX_UPLOAD_BYTES_AT_ONCE',
  'DESCRY_LOG_LEVEL',
  'DESCRY_SECRET',
]

/** Only the settings of captioners; those of the server are not looked at. Empty ones count as not given. */
export function readCaptionerConfig(env: Record<string, string | undefined>): CaptionerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  return toCaptionerConfig(parseEnvironment(Environment, given))
}

/** Names all mistakes at once. A misspelt DESCRY_ name would otherwise be ignored without a word. */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  env: Record<string, string | undefined>,
): z.infer<Schema> {
  const parsed = schema.safeParse(env)
  const known = [...Object.keys(schema.shape), ...serverSettings]
  const mistakes = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...Object.keys(env)
      .filter((name) => name.startsWith('DESCRY_') && !name.startsWith('DESCRY_TEST_'))
      .filter((name) => !known.includes(name))
      .map((name) => `${name}: there is no such setting`),
  ]
  if (parsed.success && mistakes.length === 0) return parsed.data
  throw new ConfigError(`Bad configuration:\n${mistakes.map((line) => `  ${line}`).join('\n')}`)
}

/** Parsed settings in the form that captioners are built from. */
export const toCaptionerConfig = (env: z.infer<typeof Environment>) => ({
  images: { maxBytes: env.DESCRY_MAX_IMAGE_BYTES, maxPixels: env.DESCRY_MAX_IMAGE_PIXELS },
  openai:
    env.OPENAI_API_KEY || env.OPENAI_BASE_URL
      ? {
          apiKey: env.OPENAI_API_KEY,
          baseUrl: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
          model: env.OPENAI_VISION_MODEL,
        }
      : undefined,
  /** Undefined: no built-in captioner. Without a folder: the model that Descry comes with. */
  builtin:
    env.DESCRY_BUILTIN_MODEL === 'none'
      ? undefined
      : { folder: env.DESCRY_BUILTIN_MODEL && resolve(env.DESCRY_BUILTIN_MODEL) },
  /** A JSON file with captioners and rules. */
  captionersFile: env.DESCRY_CAPTIONERS && resolve(env.DESCRY_CAPTIONERS),
  /** Where models are downloaded from, by the names that other tools for the Hugging Face hub use. */
  hub: {
    endpoint: env.HF_ENDPOINT,
    token: env.HF_TOKEN,
    offline: env.HF_HUB_OFFLINE,
    folder: resolve(env.DESCRY_DATA, 'hub'),
  },
})
