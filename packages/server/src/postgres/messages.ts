import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Address } from './address.ts'

/** What a process of Descry says when it comes. */
export type Hello = { version: string; pid: number }

/** What the supervisor answers; notices may come at any time. */
export type Reply =
  | { type: 'ready'; address: Address }
  | { type: 'refused'; message: string }
  | { type: 'notice'; message: string }

export function send(socket: Socket, message: Hello | Reply): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/** Calls back for each line; both ends are ours, but may be of different versions. */
export function onMessage<Message>(socket: Socket, callback: (message: Message) => void): void {
  const lines = createInterface({ input: socket })
  lines.on('line', (line) => callback(JSON.parse(line)))
  lines.on('error', () => {}) // told by the socket
}
