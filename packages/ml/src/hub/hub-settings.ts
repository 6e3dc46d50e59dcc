/** Where files come from, and where they are kept. Whoever reads the configuration fills it in. */
export type HubSettings = {
  /** The hub, or a mirror of it; may have a path. Without one: the Hugging Face hub. */
  endpoint?: string | undefined
  /** For gated and private repositories. Sent to the endpoint, and to no other host. */
  token?: string | undefined
  /** No request is made. What is not in the folder is an error. */
  offline: boolean
  folder: string
  fetch?: typeof fetch
  /** A server that says nothing for so long is given up: 30 seconds, where nothing is said. */
  stallTimeoutMs?: number
  /** How to wait between two tries. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}
