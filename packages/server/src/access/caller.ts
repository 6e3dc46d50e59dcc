import type { Permission } from '@descry/contract'

/** Who is asking: made by the edge, the first argument of every rule. */
export type Caller = {
  organizationId: string
  /** The person, key or part of Descry that acts: it is written beside what it does. */
  actor: string
  permissions: ReadonlySet<Permission>
  requestId: string
}
