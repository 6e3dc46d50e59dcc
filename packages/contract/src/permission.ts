import { z } from 'zod'

/** What an endpoint may ask of its caller. Local mode grants all of them. */
export const permissions = {
  'captions:read': 'see images and their captions',
  'captions:write': 'caption images, now or in the background',
  'jobs:read': 'see jobs and batches',
  'jobs:write': 'cancel jobs and run them again',
  'captioners:read': 'see captioners, prompts and rules',
  'captioners:write': 'set up captioners, prompts and rules',
  'events:read': 'follow what happens',
} as const

export type Permission = keyof typeof permissions

export const Permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]])
