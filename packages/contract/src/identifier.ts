import { z } from 'zod'

/** SHA-256 over width, height and the normalised RGB pixels, as 64 lower-case hex digits. */
export const ImageId = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits')

/** UUIDv7: sorts by the time the row was made. */
export const CaptionId = z.uuid()
export const JobId = z.uuid()

/** A point in time on the wire: ISO 8601, UTC. */
export const Timestamp = z.iso.datetime()
