import type { Config } from '../config.ts'
import { basicCaptioner } from './basic.ts'
import type { Captioners } from './captioner.ts'
import { openaiCompatibleCaptioner } from './openai-compatible.ts'

type Options = { fetch?: typeof globalThis.fetch }

/**
 * In the order of preference: configured servers first, `basic` last. `basic` is the default only
 * when it is alone; it never stands in for one that failed.
 */
export function buildCaptioners(
  { openai }: Pick<Config, 'openai'>,
  { fetch = globalThis.fetch }: Options = {},
): Captioners {
  const servers = openai ? [openaiCompatibleCaptioner({ ...openai, fetch })] : []
  return [...servers, basicCaptioner()]
}
