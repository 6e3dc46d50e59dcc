import { Socket } from 'node:net'

export type OpenSockets = {
  /** Makes the socket of a new connection, as pg's option `stream` asks for it. */
  open(): Socket
  /** Ends all at once, also those that are opened later. */
  cut(): void
}

/**
 * The sockets to a database. pg says goodbye to Postgres and waits for its answer, for ever if that
 * hangs: these can be closed without it.
 */
export function openSockets(): OpenSockets {
  const sockets = new Set<Socket>()
  let isCut = false
  const end = (socket: Socket) =>
    socket.destroy(new Error('Connection terminated: Descry is stopping.'))

  return {
    open() {
      const socket = new Socket()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      if (isCut) setImmediate(end, socket) // once pg listens to it
      return socket
    },
    cut() {
      isCut = true
      for (const socket of sockets) end(socket)
    },
  }
}
