import { Permission } from '@descry/contract'
import type { JobRow } from '../db/tables.ts'
import type { Caller } from './caller.ts'

/** A job acts for whom it was submitted by. */
export const jobCaller = ({ organization_id, actor, id }: JobRow): Caller => ({
  organizationId: organization_id,
  actor,
  permissions: new Set(Permission.options),
  requestId: id,
})
