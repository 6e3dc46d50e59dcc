import type { FastifyRequest } from 'fastify'
import { LOCAL_ORGANIZATION } from '../db/tables.ts'

/** Whose images, captions and jobs a request is about. Local mode has one organization. */
export const organizationOf = (_request: FastifyRequest): string => LOCAL_ORGANIZATION
