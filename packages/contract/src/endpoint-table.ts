import { captionerEndpoints } from './endpoints/captioners.ts'
import { captionEndpoints } from './endpoints/captions.ts'
import { eventEndpoints } from './endpoints/events.ts'
import { healthEndpoints } from './endpoints/health.ts'
import { imageEndpoints } from './endpoints/images.ts'
import { jobEndpoints } from './endpoints/jobs.ts'
import { promptEndpoints } from './endpoints/prompts.ts'

/** All endpoints of the product API, by the names that the client calls them. */
export const endpointTable = {
  ...captionEndpoints,
  ...jobEndpoints,
  ...imageEndpoints,
  ...captionerEndpoints,
  ...promptEndpoints,
  ...eventEndpoints,
  ...healthEndpoints,
}

export type EndpointTable = typeof endpointTable
export type EndpointName = keyof EndpointTable
