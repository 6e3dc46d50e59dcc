import { buffer } from 'node:stream/consumers'
import type { Target } from '../../captioner/target.ts'
import { findQuietError } from '../../http/find-quiet-error.ts'

/** The part of an SDK's command that is needed here. */
type Command = {
  middlewareStack: {
    add(middleware: Middleware, options: { step: 'deserialize'; priority: 'low' }): void
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types take the input and output of each command
type Handler = (args: any) => Promise<any>
type Middleware = (next: Handler) => Handler

type Response = {
  statusCode: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/**
 * Fails with `CaptionerFailure` where an answer with status 200 holds an error. Placed next to the wire:
 * behind it the SDK drops what it does not know, and with that the error.
 */
export function refuseQuietErrors<C extends Command>(command: C, target: Target): C {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response: Response = result.response
      const { statusCode: status } = response
      if (status >= 300) return result
      const bytes = await buffer(response.body)
      const headers = new Headers(response.headers)
      const error = findQuietError(target, { status, headers, body: bytes.toString() })
      if (error) throw error
      return { ...result, response: Object.assign(response, { body: bytes }) }
    },
    { step: 'deserialize', priority: 'low' },
  )
  return command
}
