import { z } from 'zod'

/** What decides the shapes of a model: its architecture, and the sizes of its parts. */
export type ModelSettings = z.infer<typeof ModelSettings>

export type Architecture = ModelSettings['architecture']
/** Of one architecture. */
export type SettingsOf<Name extends Architecture> = Extract<ModelSettings, { architecture: Name }>

export type EncoderSettings = z.infer<typeof EncoderSettings>
/** Those that start from pixels. */
export type OwnEncoderSettings = Exclude<EncoderSettings, { kind: 'features' }>
export type CnnSettings = z.infer<typeof CnnSettings>
export type InvertedResidualSettings = z.infer<typeof InvertedResidualSettings>
export type TransformerSettings = z.infer<typeof TransformerSettings>
export type LstmSettings = z.infer<typeof LstmSettings>

const Count = z.int().min(1)

/** Words that occur, and most tokens of a caption, start token included. */
const words = { vocabulary: z.int().min(4), length: z.int().min(2) }

const CnnSettings = z
  .object({
    kind: z.literal('cnn'),
    /** Channels of the stem and of each stage; the stem and every stage halve height and width. */
    stem: Count,
    widths: z.array(Count).min(1).readonly(),
    /** Residual blocks of each stage. */
    blocks: z.array(Count).min(1).readonly(),
  })
  .refine(({ widths, blocks }) => widths.length === blocks.length, {
    path: ['blocks'],
    error: ({ input }) => {
      const { widths, blocks } = input as { widths: number[]; blocks: number[] }
      return `${widths.length} widths and ${blocks.length} numbers of blocks; give one of each a stage`
    },
  })

const InvertedResidualSettings = z.object({
  kind: z.literal('inverted-residual'),
  /** Channels of the stem, which halves height and width. */
  stem: Count,
  stages: z
    .array(
      z.object({
        channels: Count,
        blocks: Count,
        /** Of the first block. */
        stride: z.union([z.literal(1), z.literal(2)]),
        /** How many times as many channels a block has inside. */
        expansion: Count,
        /** Pixels along each side of the depthwise kernels. */
        kernel: z.union([z.literal(3), z.literal(5), z.literal(7)]),
      }),
    )
    .min(1)
    .readonly(),
  /** Channels of what comes out. */
  head: Count,
})

/** Pictures come as what a frozen network made of them: [tokens, channels] each. */
const FeaturesSettings = z.object({ kind: z.literal('features'), tokens: Count, channels: Count })

const EncoderSettings = z.discriminatedUnion('kind', [
  CnnSettings,
  InvertedResidualSettings,
  FeaturesSettings,
])

const TransformerSettings = z
  .object({
    width: Count,
    heads: Count,
    layers: Count,
    /** Width of the feed-forward layers. */
    inner: Count,
    ...words,
  })
  .refine(({ width, heads }) => width % heads === 0, {
    path: ['width'],
    error: ({ input }) => {
      const { width, heads } = input as { width: number; heads: number }
      return `${width} does not fall into ${heads} heads; give a multiple of ${heads}`
    },
  })

const LstmSettings = z.object({
  /** Width of a word's vector, both where words go in and where they come out. */
  embedding: Count,
  /** Width of the hidden state and of the cell. */
  width: Count,
  /** Width in which the state and the image are compared. */
  attention: Count,
  ...words,
})

const common = {
  /** Pixels along each side of the square that the encoder, or the network before it, takes. */
  imageSize: Count,
  encoder: EncoderSettings,
  /** Words that the auxiliary head knows. */
  labels: Count,
}

export const ModelSettings = z.discriminatedUnion('architecture', [
  z.object({
    architecture: z.literal('cnn-transformer'),
    ...common,
    decoder: TransformerSettings,
  }),
  z.object({ architecture: z.literal('lstm-attention'), ...common, decoder: LstmSettings }),
])

export const architectures = ModelSettings.options.map(
  ({ shape }) => shape.architecture.value,
) satisfies Architecture[]
