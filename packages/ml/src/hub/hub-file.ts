import { z } from 'zod'
import { isSafePath } from './check-names.ts'

/** A file of a repository, and the hash by which it is known when it has come. */
export type HubFile = z.infer<typeof HubFile>
export const HubFile = z.object({
  path: z.string().refine(isSafePath, 'leads out of its folder'),
  size: z.int().min(0),
  /** Of large files. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Of all others: git's blob id, SHA-1 of `blob <size>\0` and the bytes. */
  gitSha1: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
})

export const isSameFile = (a: HubFile, b: HubFile): boolean =>
  a.path === b.path && a.size === b.size && a.sha256 === b.sha256 && a.gitSha1 === b.gitSha1
