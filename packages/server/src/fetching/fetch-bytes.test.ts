import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { type FetchOptions, fetchBytes } from './fetch-bytes.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return (server.address() as AddressInfo).port
}

/** photos.test is allowed and is at 127.0.0.1; nothing else has an address. */
const options = (more: Partial<FetchOptions> = {}): FetchOptions => ({
  allowedHosts: ['photos.test'],
  maxBytes: 1000,
  timeoutMs: 3000,
  signal: new AbortController().signal,
  resolve: async (host) => {
    if (host === 'photos.test') return [{ address: '127.0.0.1', family: 4 }]
    throw new Error(`unknown host ${host}`)
  },
  ...more,
})

test('the bytes arrive, and the server sees the name, not the address', async () => {
  let seen: unknown
  const port = await serve(({ headers, url }, response) => {
    seen = [headers.host, headers['accept-encoding'], url]
    response.end('pixels')
  })
  const bytes = await fetchBytes(`http://photos.test:${port}/a%20b.jpg?size=1#top`, options())
  expect(Buffer.from(bytes).toString()).toBe('pixels')
  expect(seen).toEqual([`photos.test:${port}`, 'identity', '/a%20b.jpg?size=1'])
})

test.each(['PHOTOS.test:{port}', 'photos.TEST'])(
  '%s in the setting allows the host',
  async (entry) => {
    const port = await serve((_request, response) => response.end('pixels'))
    const allowedHosts = [entry.replace('{port}', String(port))]
    const bytes = await fetchBytes(`http://Photos.Test:${port}/`, options({ allowedHosts }))
    expect(bytes).toHaveLength(6)
  },
)

test.each([
  ['another port', ['photos.test:1']],
  ['another host', ['test', 'sphotos.test', 'photos.test.']],
  ['nothing', []],
])(
  'an entry for %s does not allow the host, and nothing is sent to it',
  async (_case, allowedHosts) => {
    const listener = vi.fn()
    const port = await serve(listener)
    const fetched = fetchBytes(`http://photos.test:${port}/`, options({ allowedHosts }))
    await expect(fetched).rejects.toMatchObject({ code: 'url-not-allowed' })
    expect(listener).not.toHaveBeenCalled()
  },
)

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://0x7f.1/',
  'http://127.1/',
  'http://[::ffff:7f00:1]/',
  'http://[::1]:8080/',
  'http://１２７.０.０.１/',
  'http://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
  'ftp://photos.test/a.jpg',
  'data:image/png;base64,AAAA',
  'http://user:secret@photos.test/',
])('%s is not allowed', async (url) => {
  await expect(fetchBytes(url, options())).rejects.toMatchObject({ code: 'url-not-allowed' })
})

test.each(['localhost', 'localhost.', 'LOCALHOST'])(
  '%s is refused by its real address',
  async (host) => {
    const { resolve: _fake, ...real } = options()
    const fetched = fetchBytes(`http://${host}/`, real)
    await expect(fetched).rejects.toMatchObject({ code: expect.stringMatching(/^url-/) })
  },
)

test.each(['', 'photo.jpg', 'http://', 'http://[::1', 'http://a b/'])(
  '"%s" is no address',
  async (url) => {
    await expect(fetchBytes(url, options())).rejects.toMatchObject({ code: 'invalid-input' })
  },
)

test('one private address among public ones refuses the host', async () => {
  const resolve = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  const fetched = fetchBytes('http://mixed.test/', options({ resolve }))
  await expect(fetched).rejects.toMatchObject({ code: 'url-not-allowed' })
})

test('a name that changes its address is asked for once, and that address is used', async () => {
  const port = await serve((_request, response) => response.end('first'), '127.0.0.1')
  await serve((_request, response) => response.end('second'), '127.0.0.2', port)
  const resolve = vi
    .fn<NonNullable<FetchOptions['resolve']>>()
    .mockResolvedValueOnce([{ address: '127.0.0.1', family: 4 }])
    .mockResolvedValue([{ address: '127.0.0.2', family: 4 }])
  const bytes = await fetchBytes(`http://photos.test:${port}/`, options({ resolve }))
  expect(Buffer.from(bytes).toString()).toBe('first')
  expect(resolve).toHaveBeenCalledTimes(1)
})

test.each([301, 302, 303, 307, 308])('a %i to a relative address is followed', async (status) => {
  const port = await serve(({ url }, response) => {
    if (url === '/real.jpg') response.end('pixels')
    else response.writeHead(status, { location: 'real.jpg' }).end('moved')
  })
  const bytes = await fetchBytes(`http://photos.test:${port}/old.jpg`, options())
  expect(Buffer.from(bytes).toString()).toBe('pixels')
})

test.each([
  ['loopback', 'http://127.0.0.1:{port}/secret'],
  ['loopback without a scheme', '//127.0.0.1:{port}/secret'],
  ['a file', 'file:///etc/passwd'],
  ['an address with a password', 'http://a:b@photos.test/'],
])('a redirect to %s is refused', async (_case, location) => {
  const paths: unknown[] = []
  const port = await serve(({ url }, response) => {
    paths.push(url)
    response.writeHead(302, { location: location.replace('{port}', String(port)) }).end()
  })
  const fetched = fetchBytes(`http://photos.test:${port}/`, options())
  await expect(fetched).rejects.toMatchObject({ code: 'url-not-allowed' })
  expect(paths).toEqual(['/'])
})

test('three redirects are followed, a fourth is not', async () => {
  const port = await serve(({ url = '' }, response) => {
    const left = Number(url.slice(1))
    if (left === 0) response.end('pixels')
    else response.writeHead(302, { location: `/${left - 1}` }).end()
  })
  expect(await fetchBytes(`http://photos.test:${port}/3`, options())).toHaveLength(6)
  const fetched = fetchBytes(`http://photos.test:${port}/4`, options())
  await expect(fetched).rejects.toThrow('redirects more than 3 times')
})

test.each([
  ['a redirect without an address', 302, {}, /not an address/],
  ['a status that is not a redirect', 304, { location: '/x' }, /status 304/],
  ['a failure', 503, {}, /status 503/],
  ['a compressed answer', 200, { 'content-encoding': 'gzip' }, /encoding gzip/],
])(
  '%s is url-unreachable and does not show the answer',
  async (_case, status, headers, message) => {
    const port = await serve((_request, response) => {
      response.writeHead(status, headers).end(status === 304 ? undefined : gzipSync('top secret'))
    })
    const fetched = fetchBytes(`http://photos.test:${port}/`, options())
    await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
    await expect(fetched).rejects.toThrow(message)
  },
)

test.each([
  ['announced', { 'content-length': '1000000' }],
  ['endless', {}],
])('an %s body beyond the limit is too large', async (_case, headers) => {
  let closed = false
  const port = await serve((request, response) => {
    response.writeHead(200, headers)
    const timer = setInterval(() => response.write(Buffer.alloc(100)), 1)
    request.on('close', () => {
      clearInterval(timer)
      closed = true
    })
  })
  const fetched = fetchBytes(`http://photos.test:${port}/`, options())
  await expect(fetched).rejects.toMatchObject({ code: 'image-too-large' })
  await vi.waitFor(() => expect(closed).toBe(true))
})

test('a body of exactly the limit is fine', async () => {
  const port = await serve((_request, response) => response.end(Buffer.alloc(1000, 7)))
  expect(await fetchBytes(`http://photos.test:${port}/`, options())).toHaveLength(1000)
})

test.each([
  ['says nothing', () => {}],
  [
    'drips',
    (response: { write(text: string): unknown }) =>
      setInterval(() => response.write('.'), 20).unref(),
  ],
])('a server that %s is given up at the deadline', async (_case, act) => {
  const port = await serve((_request, response) => void act(response))
  const fetched = fetchBytes(`http://photos.test:${port}/`, options({ timeoutMs: 200 }))
  await expect(fetched).rejects.toThrow('within 200 ms')
  await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
})

test('slow redirects share one deadline', async () => {
  const port = await serve((_request, response) => {
    setTimeout(() => response.writeHead(302, { location: '/' }).end(), 120)
  })
  const fetched = fetchBytes(`http://photos.test:${port}/`, options({ timeoutMs: 200 }))
  await expect(fetched).rejects.toThrow('within 200 ms')
})

test('a name look-up that never ends is given up at the deadline', async () => {
  const resolve = () => new Promise<never>(() => {})
  const fetched = fetchBytes('http://slow.test/', options({ resolve, timeoutMs: 50 }))
  await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
})

test('a caller that gives up gets its own reason back', async () => {
  const port = await serve(() => {})
  const caller = new AbortController()
  const fetched = fetchBytes(`http://photos.test:${port}/`, options({ signal: caller.signal }))
  setTimeout(() => caller.abort(new Error('the person left')), 50)
  await expect(fetched).rejects.toThrow('the person left')
})

test.each([
  ['a name without an address', 'http://nowhere.test/', /No address is known for nowhere.test/],
  ['a closed port', 'http://photos.test:1/', /connection to photos.test:1 failed/],
])('%s is url-unreachable', async (_case, url, message) => {
  const fetched = fetchBytes(url, options())
  await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
  await expect(fetched).rejects.toThrow(message)
})

test('a body cut short is url-unreachable, not half an image', async () => {
  const port = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '500' }).write('half')
    setTimeout(() => response.destroy(), 20)
  })
  const fetched = fetchBytes(`http://photos.test:${port}/`, options())
  await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
})

test('proxies named in the environment are not used', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1')
  vi.stubEnv('http_proxy', 'http://127.0.0.1:1')
  const port = await serve((_request, response) => response.end('pixels'))
  expect(await fetchBytes(`http://photos.test:${port}/`, options())).toHaveLength(6)
  vi.unstubAllEnvs()
})

test('over TLS the name is asked for, and a server that cannot prove it is url-unreachable', async () => {
  const names: string[] = []
  const SNICallback = (name: string, done: (error: Error) => void) => {
    names.push(name)
    done(new Error('no certificate'))
  }
  const server = createTlsServer({ SNICallback })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fetched = fetchBytes(`https://photos.test:${port}/`, options())
  await expect(fetched).rejects.toMatchObject({ code: 'url-unreachable' })
  expect(names).toEqual(['photos.test'])
  server.close()
})
