import type { CaptionerSettings } from '@descry/contract'

/** What is to happen to the stored key: another takes its place, it goes, or it stays. */
export type KeyChange = { text: string; isRemoved: boolean }

export const noKeyChange: KeyChange = { text: '', isRemoved: false }

/** As the API takes it: absent, it stays; null, it goes. */
export function toKey({ text, isRemoved }: KeyChange): { key?: string | null } {
  if (isRemoved) return { key: null }
  return text.trim() === '' ? {} : { key: text.trim() }
}

/** A provider that answers nobody without a key, at its own address. */
export function needsKey(settings: CaptionerSettings): boolean {
  switch (settings.kind) {
    case 'google':
    case 'anthropic':
      return settings.baseUrl === undefined
    case 'huggingface':
      return settings.endpointUrl === undefined
    case 'openai-compatible':
      return new URL(settings.baseUrl).host === 'api.openai.com'
    default:
      return false
  }
}
