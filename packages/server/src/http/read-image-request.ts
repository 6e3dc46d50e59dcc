import { Readable } from 'node:stream'
import { findImageKind, ImageError, imageHeadLength } from '@descry/ml'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { fetchBytes } from '../fetching/fetch-bytes.ts'
import { fileNameOfUrl, toFileName } from './to-file-name.ts'

/** `name`: of the uploaded file. */
export type ImageRequest<Options> = { bytes: Uint8Array; name: string | null; options: Options }

type Limits = Pick<Config, 'images' | 'fetching'>

/** Schemas of the same request in its two forms: fields beside a file, or JSON with `url` or `data`. */
type Schemas<Options> = {
  form: z.ZodType<Options>
  json: z.ZodType<Options & { url?: string | undefined; data?: string | undefined }>
}

/** The image of a request and the options beside it, however they were sent. */
export async function readImageRequest<Options>(
  request: FastifyRequest,
  schemas: Schemas<Options>,
  { limits, signal }: { limits: Limits; signal: AbortSignal },
): Promise<ImageRequest<Options>> {
  if (request.isMultipart()) return readForm(request, schemas.form, limits)
  if (request.body instanceof Readable) return readBody(request, schemas.form, limits)
  const { url, data, ...options } = schemas.json.parse(request.body ?? {})
  const bytes = url ? await fetchImage(url, limits, signal) : decodeBase64(data ?? '')
  return { bytes, name: url ? fileNameOfUrl(url) : null, options: options as Options }
}

const fetchImage = (url: string, { fetching, images }: Limits, signal: AbortSignal) =>
  fetchBytes(url, { ...fetching, maxBytes: images.maxBytes, signal })

/** The body is the image itself, captioned as it comes: options need a form or JSON. */
async function readBody<Options>(
  { body }: FastifyRequest,
  schema: z.ZodType<Options>,
  { images: { maxBytes } }: Limits,
): Promise<ImageRequest<Options>> {
  return {
    bytes: await readFile(body as Readable, maxBytes),
    name: null,
    options: schema.parse({}),
  }
}

/**
 * What is wrong with a file is told at once, though the rest of the form is still on its way: its parts
 * end only with it, and a client that sends slowly, or no further, would never hear of it.
 */
async function readForm<Options>(
  request: FastifyRequest,
  schema: z.ZodType<Options>,
  { images: { maxBytes } }: Limits,
): Promise<ImageRequest<Options>> {
  const wrong = Promise.withResolvers<never>()
  const readPart = (stream: Readable) =>
    readFile(stream, maxBytes, (count) => request.server.uploadBudget.take(request, count)).catch(
      (error: unknown) => {
        wrong.reject(error)
        throw error
      },
    )
  const form = readParts(request, { maxBytes, readPart })
  const { fields, ...file } = await Promise.race([form, wrong.promise])
  return { ...file, options: schema.parse(fields) }
}

async function readParts(
  request: FastifyRequest,
  { maxBytes, readPart }: { maxBytes: number; readPart: (stream: Readable) => Promise<Uint8Array> },
): Promise<{ bytes: Uint8Array; name: string | null; fields: Record<string, unknown> }> {
  const fields: Record<string, unknown> = {}
  let bytes: Uint8Array | undefined
  let name: string | null = null
  // One byte more than allowed is let through, so that our own limit speaks, in megabytes.
  const parts = request.parts({
    limits: { fileSize: maxBytes + 1, files: 2, fields: 20, fieldSize: 1000 },
  })
  for await (const part of readableParts(parts)) {
    if (part.type === 'field') {
      fields[part.fieldname] = readField(part.fieldname, part.value, fields)
    } else {
      if (bytes)
        throw new AppError(
          'invalid-input',
          'Send one `file` a request; send several requests for several images.',
        )
      if (part.fieldname !== 'file')
        throw new AppError(
          'invalid-input',
          `The file must be in the field \`file\`, not \`${part.fieldname}\`.`,
        )
      name = toFileName(part.filename)
      bytes = await readPart(part.file)
    }
  }
  if (!bytes) throw new AppError('invalid-input', 'There is no image: send it in the field `file`.')
  return { bytes, name, fields }
}

/** A form that breaks off or makes no sense is the sender's mistake. */
async function* readableParts<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  try {
    yield* parts
  } catch (error) {
    // What is no image is not read to its end, and then nobody cares how long it is.
    if (isTooLong(error)) return
    const said = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid-input', `The form cannot be read: ${said}.`, { cause: error })
  }
}

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE'

/** Lists may be repeated fields or comma-separated; flags are words. */
function readField(name: string, value: unknown, before: Record<string, unknown>): unknown {
  if ((name === 'fresh' || name === 'force') && (value === 'true' || value === 'false'))
    return value === 'true'
  if (name !== 'styles' || typeof value !== 'string') return value
  return [...((before.styles as string[] | undefined) ?? []), ...value.split(',')]
}

/**
 * Up to the limit. What begins like no image is read no further: its first bytes are enough for the
 * image room to say what it is.
 */
async function readFile(
  stream: Readable,
  maxBytes: number,
  count: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  let isImage = false
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      count(chunk.byteLength)
      chunks.push(chunk)
      size += chunk.byteLength
      if (!isImage && size >= imageHeadLength) {
        const head = Buffer.concat(chunks)
        isImage = findImageKind(head) !== undefined
        if (!isImage) return head.subarray(0, imageHeadLength)
      }
      if (size > maxBytes) throw tooLarge(maxBytes)
    }
  } finally {
    stream.resume() // the rest must be read for the answer to reach the caller
  }
  return Buffer.concat(chunks, size)
}

const tooLarge = (maxBytes: number) =>
  new ImageError(
    'image-too-large',
    `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB, the limit here (DESCRY_MAX_IMAGE_BYTES).`,
  )

/** Base64, or a data: URL (RFC 2397) with it, whose parts are percent-encoded where somebody was careful. */
function decodeBase64(data: string): Uint8Array {
  const url = data.match(/^\s*data:[^,]{0,200};\s*base64\s*,/i)?.[0]
  const rest = data.slice(url?.length ?? 0)
  const text = (url ? rest.replace(/%([0-9a-f]{2})/gi, fromHex) : rest).replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
    throw new AppError('invalid-input', '`data` is not base64 (or a data: URL with base64).')
  }
  return Buffer.from(text, 'base64')
}

const fromHex = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))

const OWN_KEY_HEADER = 'x-captioner-key'

/** A provider's key that a request brings: used for that request, never stored or logged. */
export function ownKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers[OWN_KEY_HEADER]
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : undefined
}

/** A job runs later, and its key would have to be stored. */
export function refuseOwnKey(request: FastifyRequest): void {
  if (ownKeyOf(request) === undefined) return
  throw new AppError(
    'unsupported-option',
    `A job cannot bring a key of its own (${OWN_KEY_HEADER}): it would have to be stored. Caption without a job, or set the captioner up with its key.`,
  )
}
