import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Budgets, CaptionerSettings, type CaptioningRules, Chain, Privacy } from '@descry/contract'
import { z } from 'zod'
import { ConfigError } from './captioner-config.ts'

export type CaptionersFile = {
  captioners: { settings: CaptionerSettings; key: string | undefined }[]
  /** Until they are changed in the page. */
  rules: CaptioningRules
}

/** Captioners for servers that nobody sets up in a page: DESCRY_CAPTIONERS names the file. */
export async function readCaptionersFile(path: string): Promise<CaptionersFile> {
  const parsed = File.safeParse(await readJson(path))
  if (!parsed.success) {
    throw new ConfigError(`${path} (DESCRY_CAPTIONERS) is wrong:\n${z.prettifyError(parsed.error)}`)
  }
  const { captioners, ...rules } = parsed.data
  const keyed = captioners.map(async ({ settings, key, keyFile }) => ({
    settings,
    key: keyFile === undefined ? key : await readKey(resolve(dirname(path), keyFile)),
  }))
  return { captioners: await Promise.all(keyed), rules }
}

const File = z.strictObject({
  captioners: z
    .array(
      z
        .strictObject({
          settings: CaptionerSettings,
          key: z.string().min(1).optional(),
          /** Holds nothing but the key; relative to this file. */
          keyFile: z.string().min(1).optional(),
        })
        .refine(({ key, keyFile }) => key === undefined || keyFile === undefined, {
          message: 'give `key` or `keyFile`, not both',
        }),
    )
    .default([]),
  chain: Chain.nullable().default(null),
  privacy: Privacy.default({ pixels: 'anywhere', captioners: [] }),
  budgets: Budgets.default({}),
})

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ConfigError(`${path} (DESCRY_CAPTIONERS) is no JSON: ${(cause as Error).message}`, {
      cause,
    })
  }
}

const readKey = async (path: string) => (await readText(path)).trim()

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new ConfigError(`${path} cannot be read (${code}); DESCRY_CAPTIONERS names it.`, {
      cause,
    })
  }
}
