import type { Architecture, ModelSettings } from './model-settings.ts'

/** Settings of a model but for the words, which the data decides. */
export type ModelSize = WithoutWords<ModelSettings>

type WithoutWords<Settings extends ModelSettings> = Settings extends ModelSettings
  ? Omit<Settings, 'labels' | 'decoder'> & { decoder: Omit<Settings['decoder'], 'vocabulary'> }
  : never

export const sizeNames = ['small', 'mobile', 'tiny', 'reference'] as const
export type SizeName = (typeof sizeNames)[number]

/** Trained end to end from pictures of 112 pixels: 49 tokens of 256 channels. */
const smallEncoder = { kind: 'cnn', stem: 32, widths: [64, 128, 256], blocks: [1, 2, 2] } as const
/** Trained end to end from pictures of 192 pixels: 36 tokens of 896 channels, for 0.3 billion products. */
const mobileEncoder = {
  kind: 'inverted-residual',
  stem: 32,
  stages: [
    { channels: 16, blocks: 1, stride: 1, expansion: 1, kernel: 3 },
    { channels: 24, blocks: 2, stride: 2, expansion: 6, kernel: 3 },
    { channels: 40, blocks: 2, stride: 2, expansion: 6, kernel: 5 },
    { channels: 80, blocks: 3, stride: 2, expansion: 6, kernel: 3 },
    { channels: 112, blocks: 3, stride: 1, expansion: 6, kernel: 5 },
    { channels: 192, blocks: 4, stride: 2, expansion: 6, kernel: 5 },
    { channels: 320, blocks: 1, stride: 1, expansion: 6, kernel: 3 },
  ],
  head: 896,
} as const
/** For tests and first tries: minutes on a laptop. */
const tinyEncoder = { kind: 'cnn', stem: 8, widths: [16, 32], blocks: [1, 1] } as const
/** What ResNet-50 makes of 224 pixels, before it is pooled: 7 × 7 places. */
const referenceEncoder = { kind: 'features', tokens: 49, channels: 2048 } as const

const length = 24

/** By architecture and name. Numbers of parameters are those with 2,500 words and 600 labels. */
export const modelSizes = {
  'cnn-transformer': {
    small: {
      architecture: 'cnn-transformer',
      imageSize: 112,
      encoder: smallEncoder,
      decoder: { width: 256, heads: 4, layers: 2, inner: 1024, length },
    },
    mobile: {
      architecture: 'cnn-transformer',
      imageSize: 192,
      encoder: mobileEncoder,
      decoder: { width: 256, heads: 4, layers: 2, inner: 1024, length },
    },
    tiny: {
      architecture: 'cnn-transformer',
      imageSize: 48,
      encoder: tinyEncoder,
      decoder: { width: 64, heads: 2, layers: 1, inner: 128, length },
    },
    reference: {
      architecture: 'cnn-transformer',
      imageSize: 224,
      encoder: referenceEncoder,
      decoder: { width: 512, heads: 8, layers: 6, inner: 2048, length },
    },
  },
  'lstm-attention': {
    small: {
      architecture: 'lstm-attention',
      imageSize: 112,
      encoder: smallEncoder,
      decoder: { embedding: 256, width: 512, attention: 256, length },
    },
    mobile: {
      architecture: 'lstm-attention',
      imageSize: 192,
      encoder: mobileEncoder,
      decoder: { embedding: 256, width: 512, attention: 256, length },
    },
    tiny: {
      architecture: 'lstm-attention',
      imageSize: 48,
      encoder: tinyEncoder,
      decoder: { embedding: 64, width: 64, attention: 32, length },
    },
    reference: {
      architecture: 'lstm-attention',
      imageSize: 224,
      encoder: referenceEncoder,
      decoder: { embedding: 512, width: 512, attention: 512, length },
    },
  },
} as const satisfies Record<Architecture, Record<SizeName, ModelSize>>

/** With room for captions of so many tokens; never with less than it has. */
export function withLength(size: ModelSize, tokens: number): ModelSize {
  const most = Math.max(tokens, size.decoder.length)
  switch (size.architecture) {
    case 'cnn-transformer':
      return { ...size, decoder: { ...size.decoder, length: most } }
    case 'lstm-attention':
      return { ...size, decoder: { ...size.decoder, length: most } }
  }
}

/** A size made whole by the numbers of words. */
export function withWords(
  size: ModelSize,
  { vocabulary, labels }: { vocabulary: number; labels: number },
): ModelSettings {
  switch (size.architecture) {
    case 'cnn-transformer':
      return { ...size, labels, decoder: { ...size.decoder, vocabulary } }
    case 'lstm-attention':
      return { ...size, labels, decoder: { ...size.decoder, vocabulary } }
  }
}
