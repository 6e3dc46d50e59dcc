import { Permission, permissions } from '@descry/contract'
import { type JobRow, LOCAL_ORGANIZATION } from '../db/tables.ts'
import { AppError } from '../errors.ts'

/** Who is asking: made by the edge, the first argument of every rule. */
export type Caller = {
  organizationId: string
  /** The person, key or part of Descry that acts: it is written beside what it does. */
  actor: string
  permissions: ReadonlySet<Permission>
  requestId: string
}

const everything: Caller['permissions'] = new Set(Permission.options)

/** In local mode there is one person, who may do everything. */
export const localCaller = (requestId: string): Caller => ({
  organizationId: LOCAL_ORGANIZATION,
  actor: 'local',
  permissions: everything,
  requestId,
})

/** A job acts for whom it was submitted by. */
export const jobCaller = ({ organization_id, actor, id }: JobRow): Caller => ({
  organizationId: organization_id,
  actor,
  permissions: everything,
  requestId: id,
})

/** Throws unless the caller may do what the endpoint does. */
export function requirePermission(caller: Caller, permission: Permission | 'none'): void {
  if (permission === 'none' || caller.permissions.has(permission)) return
  throw new AppError(
    'forbidden',
    `This needs the permission ${permission} (${permissions[permission]}), which ${caller.actor} does not have.`,
  )
}
