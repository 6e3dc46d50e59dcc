import { AppError } from '../errors.ts'
import type { Answer } from './request-pinned.ts'

type Limits = { host: string; maxBytes: number }

/** Reads a body of at most `maxBytes`, and never holds more than that. */
export async function readLimited(
  { headers, body }: Pick<Answer, 'headers' | 'body'>,
  { host, maxBytes }: Limits,
): Promise<Uint8Array> {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding !== 'identity') {
    const message = `${host} answered in the encoding ${encoding} though it was asked for plain bytes.`
    throw new AppError('url-unreachable', message)
  }
  if (Number(headers['content-length']) > maxBytes) throw tooLarge({ host, maxBytes })
  return collect(body, { host, maxBytes })
}

/**
 * Copies chunks as they come: a server that sends a byte at a time would otherwise make us keep
 * millions of small buffers.
 */
async function collect(body: AsyncIterable<Uint8Array>, limits: Limits): Promise<Uint8Array> {
  const buffer = new ArrayBuffer(0, { maxByteLength: limits.maxBytes })
  const bytes = new Uint8Array(buffer) // grows with the buffer
  for await (const chunk of body) {
    const start = buffer.byteLength
    if (start + chunk.byteLength > limits.maxBytes) throw tooLarge(limits)
    buffer.resize(start + chunk.byteLength)
    bytes.set(chunk, start)
  }
  return bytes.slice()
}

const tooLarge = ({ host, maxBytes }: Limits) =>
  new AppError(
    'image-too-large',
    `The image at ${host} has more than ${maxBytes} bytes, the limit.`,
  )
