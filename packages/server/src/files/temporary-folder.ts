import { join } from 'node:path'

/** Where files wait while they are written; those older than a day were left by a crash. */
export const temporaryFolder = (dataFolder: string) => join(dataFolder, 'tmp')
