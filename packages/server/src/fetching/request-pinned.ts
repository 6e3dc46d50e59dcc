import type { LookupFunction } from 'node:net'
import { Client } from 'undici'
import { AppError } from '../errors.ts'
import type { Address } from './resolve-addresses.ts'

export type Answer = {
  status: number
  headers: Record<string, string | undefined>
  body: AsyncIterable<Uint8Array>
}

type RequestOptions = { addresses: readonly Address[]; signal: AbortSignal }

/**
 * GET over a connection of its own that can only go to the given addresses; TLS and the `Host`
 * header still carry the name. The connection is gone once `read` is done.
 */
export async function requestPinned<T>(
  url: URL,
  { addresses, signal }: RequestOptions,
  read: (answer: Answer) => T | Promise<T>,
): Promise<T> {
  const lookup = answerWith(addresses)
  const client = new Client(url.origin, {
    connect: { lookup },
    autoSelectFamily: true,
    allowH2: false,
  })
  try {
    const path = `${url.pathname}${url.search}`
    const response = await client.request({ method: 'GET', path, headers: requestHeaders, signal })
    response.body.on('error', () => {}) // an unread body ends with the connection; readers see it anyway
    const headers = singleValues(response.headers)
    return await read({ status: response.statusCode, headers, body: response.body })
  } catch (error) {
    throw isNetworkFailure(error) && !signal.aborted ? unreachable(url, error) : error
  } finally {
    void client.destroy()
  }
}

/** Compressed answers could grow without bound while unpacking, so none is asked for. */
const requestHeaders = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Descry' }

function answerWith(addresses: readonly Address[]): LookupFunction {
  return (host, { all }, callback) => {
    const [first] = addresses
    if (!first) callback(new Error(`no address for ${host}`), '')
    else if (all) callback(null, [...addresses])
    else callback(null, first.address, first.family)
  }
}

function singleValues(headers: Record<string, string | string[] | undefined>) {
  const entries = Object.entries(headers).map(([name, value]) => [name, value?.toString()])
  return Object.fromEntries(entries) as Answer['headers']
}

/** Sockets, TLS, the HTTP parser: all of them set a code. A bug in our code does not. */
const isNetworkFailure = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && !(error instanceof AppError) && 'code' in error

const unreachable = (url: URL, error: NodeJS.ErrnoException) =>
  new AppError('url-unreachable', `The connection to ${url.host} failed (${error.code}).`, {
    cause: error,
  })
