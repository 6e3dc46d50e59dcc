import { basename } from 'node:path'
import { ApiError, type Client, createClient } from '@descry/contract'
import { UsageError } from '../usage-error.ts'
import { type Captioning, type CaptioningOptions, toCaptionOptions, toMade } from './captioning.ts'
import { readImageFile } from './read-image-file.ts'

/**
 * The captioners that were set up on a server, with their limits and budgets. It stores the images and
 * their captions, as it does for its page; what it captioned before it does not caption again.
 */
export async function captionOnServer(
  server: string,
  options: CaptioningOptions,
): Promise<Captioning> {
  const client = createClient({ baseUrl: server })
  await requireServer(client, server)

  return {
    leftOut: [],
    async caption(file, signal) {
      const bytes = await readImageFile(file, { maxBytes: MAX_BYTES }, signal)
      const image = { file: new Blob([Uint8Array.from(bytes)]), name: basename(file) }
      const request = { image, options: toCaptionOptions(options) }
      return toMade(await client.createCaptions(request, { signal }))
    },
    async close() {},
  }
}

/** The server has a limit of its own, and says so. This is the largest that it can be set to. */
const MAX_BYTES = 200 * 1024 * 1024

async function requireServer(client: Client, server: string): Promise<void> {
  try {
    await client.listCaptioners()
  } catch (cause) {
    const why = cause instanceof ApiError ? cause.message : 'it cannot be reached'
    const message = `There is no Descry to ask at ${server}: ${why}. Start it, or correct --server.`
    throw new UsageError(message, { command: 'caption', cause })
  }
}
