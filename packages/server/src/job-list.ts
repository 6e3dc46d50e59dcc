import { captionJob } from './captions/caption-job.ts'
import type { JobDefinition, TaskDefinition } from './jobs/define-job.ts'
import { cleanUp } from './maintenance/clean-up.ts'

/** Every kind of job that workers do. */
export const jobDefinitions: readonly JobDefinition[] = [captionJob as JobDefinition]

/** What workers do by the clock. */
export const taskDefinitions: readonly TaskDefinition[] = [cleanUp]

export const allKinds = [...jobDefinitions, ...taskDefinitions]
