import { type FileHandle, open } from 'node:fs/promises'
import { HubError } from './hub-error.ts'
import type { HubFile } from './hub-file.ts'
import type { HubSettings } from './hub-settings.ts'
import { readEndpoint } from './read-endpoint.ts'
import { readBody, requestHub } from './request-hub.ts'
import { watchForStall } from './watch-for-stall.ts'
import { withRetries } from './with-retries.ts'

type PartRequest = {
  repository: string
  commit: string
  file: HubFile
  /** Where it is written. What is there already is not asked for again. */
  part: string
  signal: AbortSignal
  /** So many bytes are there now. Fewer than before where the server had to start over. */
  onSize(size: number): void
}

/**
 * Brings a file's bytes to the disk, unverified. Not by the library's `downloadFile`: it takes a server
 * that starts over (200) for one that goes on (206), has no signal, gives up at the first cut, and
 * sends the token to the CDN where that is CloudFront.
 */
export async function downloadPart(settings: HubSettings, request: PartRequest): Promise<void> {
  const { file, part, signal, onSize } = request
  const known: { etag?: string } = {}
  await withRetries(settings, signal, async () => {
    await using handle = await open(part, 'a')
    let { size } = await handle.stat()
    if (size > file.size) size = await empty(handle)
    onSize(size)
    if (size < file.size) await receive(settings, { ...request, handle, start: size, known })
    await handle.sync()
  })
}

type Receiving = PartRequest & { handle: FileHandle; start: number; known: { etag?: string } }

/** One connection, from `start` as far as it goes. */
async function receive(settings: HubSettings, request: Receiving): Promise<void> {
  const { file, handle, signal, onSize, known } = request
  using silence = watchForStall(settings, signal)
  const ask = (start: number) =>
    requestHub(settings, { ...toRequest(settings, request, start), silence })
  let response = await ask(request.start)
  if (response.status === 416) {
    await response.body?.cancel()
    await empty(handle)
    response = await ask(0)
  }
  let size = await findStart(response, request)
  if (size < request.start) onSize(await empty(handle))
  rememberTag(response, known)
  for await (const chunk of readBody(response, silence)) {
    size += chunk.length
    if (size > file.size) throw tooLong(request)
    await handle.appendFile(chunk)
    onSize(size)
  }
  if (size < file.size) {
    const message = `The connection ended after ${size} of the ${file.size} bytes of ${file.path}. Try again: it goes on there.`
    throw new HubError('unreachable', message)
  }
}

function toRequest(settings: HubSettings, request: Receiving, start: number) {
  const { repository, commit, file, known } = request
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  const range = { range: `bytes=${start}-`, ...(known.etag && { 'if-range': known.etag }) }
  return {
    url: `${readEndpoint(settings)}/${repository}/resolve/${commit}/${path}`,
    repository,
    path: file.path,
    // Ranges and sizes are of the file itself, not of a compressed form of it.
    headers: { 'accept-encoding': 'identity', ...(start > 0 && range) },
  }
}

/** Where the bytes of an answer belong. Refuses an answer that is about other bytes. */
async function findStart(response: Response, { file, start }: Receiving): Promise<number> {
  const { headers, status } = response
  const [, from, total] =
    /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? []
  const size =
    status === 206 ? total : headers.has('content-encoding') ? null : headers.get('content-length')
  const isSized = size == null || size === '*' || Number(size) === file.size
  if (isSized && (status === 200 || (status === 206 && Number(from) === start))) {
    return status === 200 ? 0 : start
  }
  await response.body?.cancel()
  const found = status === 206 ? headers.get('content-range') : `${size} bytes`
  throw new HubError(
    'bad-answer',
    `${file.path} has ${file.size} bytes, of which those from ${start} on were asked for; the answer ` +
      `has ${found}. Check the hub's address, or a proxy on the way.`,
  )
}

/** Weak tags say nothing about bytes. */
function rememberTag({ headers }: Response, known: { etag?: string }): void {
  const etag = headers.get('etag')
  if (etag?.startsWith('"')) known.etag = etag
  else delete known.etag
}

const tooLong = ({ file }: Receiving): HubError =>
  new HubError('damaged', `More came than the ${file.size} bytes that ${file.path} has.`)

async function empty(handle: FileHandle): Promise<0> {
  await handle.truncate(0)
  return 0
}
