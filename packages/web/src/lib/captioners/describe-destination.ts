type Place = 'here' | 'near' | 'away'

/** Where pictures go, from the host they are sent to (null: nowhere). */
export function describeDestination(host: string | null): { place: Place; text: string } {
  if (host === null) return { place: 'here', text: 'Pictures stay on this machine' }
  if (isLoopback(host)) {
    return { place: 'near', text: `Sends pictures to ${host}, a program on this machine` }
  }
  return { place: 'away', text: `Sends pictures to ${host}` }
}

const isLoopback = (host: string) =>
  /^(localhost|[^:]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host)
