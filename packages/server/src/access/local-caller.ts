import { Permission } from '@descry/contract'
import { LOCAL_ORGANIZATION } from '../db/tables.ts'
import type { Caller } from './caller.ts'

/** In local mode there is one person, who may do everything. */
export const localCaller = (requestId: string): Caller => ({
  organizationId: LOCAL_ORGANIZATION,
  actor: 'local',
  permissions: new Set(Permission.options),
  requestId,
})
