import { z } from 'zod'

const Count = z.int().min(1)
const PerChannel = z.tuple([z.number(), z.number(), z.number()])

/** A frozen vision network that is part of a model: its input, and which of its values is used. */
export type BackboneCard = z.infer<typeof BackboneCard>
export const BackboneCard = z.object({
  /** Where it came from: a repository with its commit, or a file's name. */
  name: z.string().min(1),
  /** Of the ONNX file, the chosen output included. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  input: z.string().min(1),
  output: z.string().min(1),
  /** Pixels along each side of what it takes, [N, 3, S, S]. */
  imageSize: Count,
  /** Pictures of one run, where the file says so; null: any number. */
  batch: Count.nullable(),
  /** `places`: the output is [N, C, H, W]; `tokens`: it is [N, L, C]. */
  layout: z.enum(['places', 'tokens']),
  tokens: Count,
  channels: Count,
  /** Of red, green and blue, 0 to 1: a picture is normalized with these. */
  mean: PerChannel,
  deviation: PerChannel,
})
