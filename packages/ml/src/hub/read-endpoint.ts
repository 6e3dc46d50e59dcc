import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'

/** The address that paths are put behind: without a slash at its end. */
export function readEndpoint({ endpoint = HUGGING_FACE }: Pick<HubSettings, 'endpoint'>): string {
  const url = URL.parse(endpoint)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new HubError(
      'bad-name',
      `The hub's address ${JSON.stringify(endpoint)} is none. Give one like ${HUGGING_FACE}, ` +
        'without a user or password.',
    )
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

const HUGGING_FACE = 'https://huggingface.co'
