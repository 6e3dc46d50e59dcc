import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Answer = { text: string; afterMs?: number }
export type FakeCaptioner = AsyncDisposable & {
  env: Record<string, string>
  calls: number
  /** Waits for that call. */
  called(call: number): Promise<void>
}

/** A server that speaks as much of OpenAI's API as a captioner needs; `answer` is given the count. */
export async function fakeCaptioner(answer: (call: number) => Answer): Promise<FakeCaptioner> {
  const fake = { calls: 0 }
  const server = createServer(async (request, response) => {
    request.resume()
    const { text, afterMs = 0 } = answer(++fake.calls)
    await sleep(afterMs, undefined, { ref: false })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ choices: [{ message: { content: text } }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(fake, {
    env: { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_VISION_MODEL: 'fake' },
    async called(call: number) {
      while (fake.calls < call) await sleep(10)
    },
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections()
    },
  })
}
