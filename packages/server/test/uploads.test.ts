import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

const MB = 1024 * 1024
let world: World
let port: number
beforeAll(async () => {
  world = await openWorld({ env: { DESCRY_MAX_UPLOAD_BYTES_AT_ONCE: `${16 * MB}` } })
  port = Number(new URL(await world.app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => world.close())

/** Announces a body of 9 MB and sends `sent` of it; what comes back is in `answer`. */
async function sendHalf(contentType: string, sent: Buffer): Promise<Socket & { answer: string }> {
  const socket = Object.assign(connect(port, '127.0.0.1'), { answer: '' })
  socket.on('data', (chunk) => {
    socket.answer += chunk
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(
    `POST /api/captions HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${contentType}\r\nContent-Length: ${9 * MB}\r\n\r\n`,
  )
  socket.write(sent)
  return socket
}

const halfOfForm = async () =>
  Buffer.concat([
    Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n',
    ),
    await makeImage(),
    Buffer.alloc(8 * MB),
  ])
const halfOfJson = async () => Buffer.from(`{"data":"${'A'.repeat(8 * MB)}`)
const status = async () =>
  (
    await world.app.inject({
      method: 'POST',
      url: '/api/captions',
      ...upload(await makeImage()),
    })
  ).statusCode

test.each([
  ['forms', 'multipart/form-data; boundary=x', halfOfForm],
  ['JSON', 'application/json', halfOfJson],
])(
  'half-open uploads of %s together take no more than the budget, and give it back',
  async (_case, type, half) => {
    const sent = await half()
    const sockets = await Promise.all(Array.from({ length: 6 }, () => sendHalf(type, sent)))
    const refused = () => sockets.filter(({ answer }) => answer.includes('too-busy'))
    await until(async () => refused().length >= 4)
    expect(refused()[0]?.answer).toMatch(/^HTTP\/1.1 503/)
    expect(refused()[0]?.answer.toLowerCase()).toContain('retry-after: 2')
    expect(refused().length).toBeLessThan(6)
    for (const socket of sockets) socket.destroy()
    await until(async () => (await status()) === 200)
  },
)
