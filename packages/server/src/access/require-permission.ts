import { type Permission, permissions } from '@descry/contract'
import { AppError } from '../errors.ts'
import type { Caller } from './caller.ts'

/** Throws unless the caller may do what the endpoint does. */
export function requirePermission(caller: Caller, permission: Permission | 'none'): void {
  if (permission === 'none' || caller.permissions.has(permission)) return
  throw new AppError(
    'forbidden',
    `This needs the permission ${permission} (${permissions[permission]}), which ${caller.actor} does not have.`,
  )
}
