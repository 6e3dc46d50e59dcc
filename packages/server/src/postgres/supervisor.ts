import { type SupervisorOptions, supervise } from './supervise.ts'

/** The process that `connect-to-supervisor.ts` starts; its only argument is the options. */
const [, , options = ''] = process.argv
process.title = 'descry-postgres'
await supervise(JSON.parse(options) as SupervisorOptions)
process.exit()
