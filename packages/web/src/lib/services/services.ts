import type { Client } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { LiveEvents } from '../server/live-events.ts'
import type { Shortcuts } from '../shortcuts.ts'
import type { Store } from '../store.ts'

/** Something that was done, and how to undo it. */
export type Notice = { text: string; undo?: () => Promise<unknown> }

/** Everything outside the components. Built once, in main.tsx. */
export type Services = {
  client: Client
  queryClient: QueryClient
  live: LiveEvents
  shortcuts: Shortcuts
  /** What the screen reader says next. */
  announcement: Store<string>
  /** What was done last. */
  notice: Store<Notice | undefined>
  /** The last failure that concerns the whole server, until a request succeeds. */
  outage: Store<Error | undefined>
}

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('useServices needs a ServicesContext above it.')
  return services
}
