import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HubSettings } from '../src/hub/hub-settings.ts'

/**
 * A hub on this machine that speaks like the Hugging Face hub, for tests: model info, the list of files
 * in pages, files by a redirect (small ones on the same host, large ones to a CDN on another port).
 */
export async function startFakeHub(options: FakeHubOptions): Promise<FakeHub> {
  const hub: State = { ...options, faults: [], requests: [], endpoint: '', cdn: '' }
  const [main, cdn] = await Promise.all([
    listen((request, response) => answer(hub, request, response)),
    listen((request, response) => answerCdn(hub, request, response)),
  ])
  hub.endpoint = `${addressOf(main)}${options.prefix ?? ''}`
  hub.cdn = addressOf(cdn)
  const close = (server: Server) => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return Object.assign(hub, {
    [Symbol.asyncDispose]: async () => {
      await Promise.all([close(main), close(cdn)])
    },
  })
}

export type FakeRepository = {
  commit: string
  files: Record<string, string | Buffer>
  /** Files larger than so many bytes are large ones. */
  largeFrom?: number
  licence?: string
  /** Only this token has access. */
  gatedFor?: string
}

type FakeHubOptions = {
  repositories: Record<string, FakeRepository>
  /** Where a mirror begins, such as `/mirror`. */
  prefix?: string
  filesPerPage?: number
}

/** What goes wrong with the next request of a file, or of the one named; used up by it. */
export type Fault = { path?: string } & (
  | { kind: 'cut'; after: number }
  | { kind: 'stall'; after: number }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'other-bytes'; bytes: Buffer }
  | { kind: 'no-ranges' }
  | { kind: 'etag'; etag: string }
  | { kind: 'silence' }
)

export type FakeRequest = { host: 'hub' | 'cdn'; path: string; headers: IncomingMessage['headers'] }

export type FakeHub = AsyncDisposable & {
  endpoint: string
  repositories: Record<string, FakeRepository>
  requests: FakeRequest[]
  faults: Fault[]
}

type State = FakeHubOptions & Omit<FakeHub, typeof Symbol.asyncDispose> & { cdn: string }

export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

export const gitSha1 = (bytes: string | Buffer) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(bytes)}\0`)
    .update(bytes)
    .digest('hex')

export const MODEL = 'onnx/model.onnx'
export const CONFIG = 'preprocessor_config.json'

/** Bytes that no two places share, so that a part in the wrong place is seen. */
export const modelBytes = Buffer.from(
  Uint32Array.from({ length: 75_000 }, (_, i) => Math.imul(i, 2_654_435_761)).buffer,
)

export const sampleRepository: FakeRepository = {
  commit: 'c0ffee'.padEnd(40, '0'),
  licence: 'apache-2.0',
  files: { '.gitattributes': '*.onnx lfs\n', [CONFIG]: '{"size": 224}', [MODEL]: modelBytes },
}

type SampleHub = AsyncDisposable & { hub: FakeHub; settings: HubSettings; waits: number[] }

/** A fake hub with `owner/name`, and a new folder to pull to. Waiting is only noted. */
export async function openSampleHub(
  repository: Partial<FakeRepository> = {},
  options: Omit<FakeHubOptions, 'repositories'> = {},
): Promise<SampleHub> {
  const repositories = { 'owner/name': { ...sampleRepository, ...repository } }
  const hub = await startFakeHub({ repositories, ...options })
  const folder = await mkdtemp(join(tmpdir(), 'descry-hub-'))
  const waits: number[] = []
  const sleep = async (ms: number) => {
    waits.push(ms)
  }
  return {
    hub,
    waits,
    settings: { endpoint: hub.endpoint, offline: false, folder, sleep },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function answer(hub: State, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url!, hub.endpoint)
  hub.requests.push({ host: 'hub', path: url.pathname, headers: request.headers })
  const path = decodeURIComponent(url.pathname.slice(hub.prefix?.length ?? 0))
  const [, name = ''] =
    /^\/(?:api\/(?:models|resolve-cache\/models)\/)?([^/]+\/[^/]+)/.exec(path) ?? []
  const repository = hub.repositories[name]
  const token = request.headers.authorization?.replace('Bearer ', '')
  if (!repository) {
    if (token) return refuse(response, 404, 'RepoNotFound', 'Repository not found')
    return refuse(response, 401, 'RepoNotFound', 'Invalid username or password.')
  }
  const rest = path.slice(path.indexOf(name) + name.length + 1)
  const [what = '', revision = ''] = rest.split('/')
  const isKnown = ['main', repository.commit].includes(revision)
  if (path.startsWith('/api/resolve-cache/')) {
    const path = rest.slice(rest.indexOf('/') + 1)
    return sendBytes(hub, { path, file: bytesOf(repository, path) }, request, response)
  }
  if (!isKnown) return refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`)
  if (what === 'revision') return sendInfo(name, repository, response)
  if (what === 'tree') return sendTree(hub, { name, repository, url }, response)
  redirect(hub, { name, repository, path: rest.split('/').slice(2).join('/'), token }, response)
}

function sendInfo(name: string, repository: FakeRepository, response: ServerResponse): void {
  const { commit, licence, gatedFor } = repository
  sendJson(response, {
    _id: '621ffdc036468d709f17434d',
    id: name,
    private: false,
    pipeline_tag: 'image-classification',
    downloads: 1,
    likes: 1,
    lastModified: '2024-10-08T13:44:32.000Z',
    gated: gatedFor ? 'manual' : false,
    sha: commit,
    ...(licence && { cardData: { license: licence } }),
    tags: ['onnx', ...(licence ? [`license:${licence}`] : [])],
  })
}

type Tree = { name: string; repository: FakeRepository; url: URL }

function sendTree(hub: State, { name, repository, url }: Tree, response: ServerResponse): void {
  const folders = Object.keys(repository.files).flatMap((path) => path.split('/').slice(0, -1))
  const entries = [
    ...[...new Set(folders)].map((path) => ({
      type: 'directory',
      oid: 'f'.repeat(40),
      size: 0,
      path,
    })),
    ...Object.keys(repository.files).map((path) => toEntry(repository, path)),
  ]
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const to = from + (hub.filesPerPage ?? 1000)
  if (to < entries.length) {
    const query = `recursive=${url.searchParams.get('recursive')}&limit=1000&cursor=${to}`
    const next = `${hub.endpoint}/api/models/${name}/tree/${repository.commit}?${query}`
    response.setHeader('link', `<${next}>; rel="next"`)
  }
  sendJson(response, entries.slice(from, to))
}

function toEntry(repository: FakeRepository, path: string) {
  const bytes = bytesOf(repository, path)!
  const entry = { type: 'file', oid: gitSha1(bytes), size: bytes.length, path }
  if (!isLarge(repository, bytes)) return entry
  const lfs = { oid: sha256(bytes), size: bytes.length, pointerSize: 134 }
  return { ...entry, oid: gitSha1(`pointer to ${lfs.oid}`), lfs, xetHash: sha256(`xet ${path}`) }
}

type Resolve = { name: string; repository: FakeRepository; path: string; token: string | undefined }

/** `/owner/name/resolve/revision/path` */
function redirect(
  hub: State,
  { name, repository, path, token }: Resolve,
  response: ServerResponse,
) {
  const { commit, gatedFor } = repository
  if (gatedFor !== undefined && token !== gatedFor) {
    return refuse(
      response,
      token ? 403 : 401,
      'GatedRepo',
      `Access to model ${name} is restricted.`,
    )
  }
  const bytes = bytesOf(repository, path)
  if (!bytes) return refuse(response, 404, 'EntryNotFound', 'Entry not found')
  const large = isLarge(repository, bytes)
  const etag = large ? sha256(bytes) : gitSha1(bytes)
  const cache = `${hub.prefix ?? ''}/api/resolve-cache/models/${name}/${commit}/${encodeURI(path)}`
  response.writeHead(large ? 302 : 307, {
    'x-repo-commit': commit,
    'accept-ranges': 'bytes',
    'x-linked-size': bytes.length,
    'x-linked-etag': `"${etag}"`,
    ...(large && { 'x-xet-hash': sha256(`xet ${path}`) }),
    location: large
      ? `${hub.cdn}/${etag}?name=${name}&path=${encodeURIComponent(path)}&Signature=abc`
      : `${cache}?etag=%22${etag}%22`,
  })
  response.end()
}

function answerCdn(hub: State, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url!, hub.cdn)
  hub.requests.push({ host: 'cdn', path: pathname, headers: request.headers })
  const repository = hub.repositories[searchParams.get('name')!]!
  const path = searchParams.get('path')!
  sendBytes(hub, { path, file: bytesOf(repository, path) }, request, response)
}

/** A file, or a range of it, as the fault in turn has it. */
function sendBytes(
  hub: State,
  { path, file }: { path: string; file: Buffer | undefined },
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const fault = takeFault(hub, path)
  if (fault?.kind === 'silence') return
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, fault.headers).end()
    return
  }
  const bytes = fault?.kind === 'other-bytes' ? fault.bytes : file!
  const etag = fault?.kind === 'etag' ? fault.etag : `"${sha256(file!)}"`
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]
  const ifRange = headers['if-range']
  const isRange =
    asked !== undefined && fault?.kind !== 'no-ranges' && (!ifRange || ifRange === etag)
  const start = isRange ? Number(asked) : 0
  if (start >= bytes.length && isRange) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  response.writeHead(isRange ? 206 : 200, {
    etag,
    'content-length': bytes.length - start,
    ...(isRange && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  })
  if (fault?.kind === 'stall') response.write(bytes.subarray(start, fault.after))
  else if (fault?.kind !== 'cut') response.end(bytes.subarray(start))
  else
    response.write(bytes.subarray(start, fault.after), () =>
      setTimeout(() => response.destroy(), 100),
    )
}

function takeFault({ faults }: State, path: string): Fault | undefined {
  const index = faults.findIndex((fault) => fault.path === undefined || fault.path === path)
  return index < 0 ? undefined : faults.splice(index, 1)[0]
}

const bytesOf = ({ files }: FakeRepository, path: string): Buffer | undefined =>
  files[path] === undefined ? undefined : Buffer.from(files[path])

const isLarge = ({ largeFrom = 1000 }: FakeRepository, { length }: Buffer) => length >= largeFrom

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-error-code': code,
    'x-error-message': message,
  })
  response.end(JSON.stringify({ error: message }))
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(value))
}

async function listen(handler: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
