import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

export type Captioner = {
  /** What Descry needs to use it. */
  env: Record<string, string>
  /** How often it was asked: what would have been paid. */
  calls(): number
}

/** A server that speaks OpenAI's chat completions and takes its time. */
export async function startCaptioner({ ms }: { ms: () => number }): Promise<Captioner> {
  let calls = 0
  const server = createServer(async (request, response) => {
    request.resume()
    calls += 1
    const content = `A picture, the ${calls}th.`
    await sleep(ms())
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ choices: [{ message: { content } }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    env: { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: 'x' },
    calls: () => calls,
  }
}
