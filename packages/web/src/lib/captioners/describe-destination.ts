type Destination = { place: 'nowhere' | 'this-machine' | 'elsewhere'; text: string }

/** Where images go, from the host they are sent to (null: nowhere). */
export function describeDestination(host: string | null): Destination {
  if (host === null) return { place: 'nowhere', text: 'Images stay on this machine' }
  if (isLoopback(host)) {
    return { place: 'this-machine', text: `Sends images to ${host}, on this machine` }
  }
  return { place: 'elsewhere', text: `Sends images to ${host}` }
}

const isLoopback = (host: string) =>
  /^(localhost|[^:]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host)
