import { type AwsCredentials, parseAwsKey } from './parse-aws-key.ts'

type Client = { destroy(): void }
type ClientOptions = {
  region: string
  endpoint: string
  maxAttempts: 1
  credentials?: AwsCredentials
}
type Where = { region: string; endpoint: string; apiKey: string | undefined }

/**
 * One client for the stored key, kept; another for a key that a request brings, gone after it. Without
 * any key the SDK looks for credentials where AWS has them: the environment, profiles, the machine's role.
 */
export function awsClient<C extends Client>(
  open: (options: ClientOptions) => C,
  { region, endpoint, apiKey: stored }: Where,
) {
  let kept: C | undefined
  const openWith = (key: string | undefined) =>
    open({ region, endpoint, maxAttempts: 1, ...(key && { credentials: parseAwsKey(key) }) })

  return {
    async use<T>(apiKey: string | undefined, work: (client: C) => Promise<T>): Promise<T> {
      if (apiKey === (stored?.trim() || undefined)) {
        kept ??= openWith(apiKey)
        return work(kept)
      }
      const client = openWith(apiKey)
      return work(client).finally(() => client.destroy())
    },
    async dispose() {
      kept?.destroy()
      kept = undefined
    },
  }
}
