import { AppError } from '../errors.ts'

/**
 * An address we may try to fetch. The WHATWG parser also turns odd spellings of a host (`127.1`,
 * `0x7f000001`, full-width digits) into the plain one, so that later checks see what is meant.
 * With `redirectedFrom`, the text is the `location` of that address's answer.
 */
export function parseTarget(text: string, redirectedFrom?: URL): URL {
  const url = redirectedFrom && !text ? null : URL.parse(text, redirectedFrom?.href)
  if (!url) throw unreadable(text, redirectedFrom)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const message = `Only http and https addresses can be fetched, not ${url.protocol}`
    throw new AppError('url-not-allowed', message)
  }
  if (url.username || url.password) {
    throw new AppError(
      'url-not-allowed',
      `The address of ${url.host} holds a user name or password; give it without.`,
    )
  }
  return url
}

function unreadable(text: string, redirectedFrom: URL | undefined): AppError {
  if (redirectedFrom) {
    const message = `${redirectedFrom.host} redirects to something that is not an address.`
    return new AppError('url-unreachable', message)
  }
  return new AppError('invalid-input', `"${text.slice(0, 100)}" is not an http(s) address.`)
}
