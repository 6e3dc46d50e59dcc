import { z } from 'zod'
import { text } from '../options/option-schemas.ts'

/** Where an ONNX vision network is: a file, or a repository on the hub. */
export type NetworkLocation = z.output<typeof networkLocation>

export const networkLocation = z.strictObject({
  from: text('an ONNX file, or a repository as OWNER/NAME'),
  /** In the repository. */
  file: z.string().optional(),
  revision: z.string().optional(),
  /** The value of the network to take. */
  output: z.string().optional(),
})
