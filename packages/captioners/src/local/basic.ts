import { decodeReduced, type ImageMeasures, measureImage } from '@descry/ml'
import type { Captioner } from '../captioner/captioner.ts'
import { joinWords } from '../captioner/join-words.ts'

/**
 * Needs no model and no network: says what can be measured honestly, and nothing about what the
 * picture shows.
 */
export function basicCaptioner(): Captioner {
  return {
    name: 'basic',
    kind: 'basic',
    description: 'Measures the pixels: size, colours, brightness. It does not know what they show.',
    styles: ['concise', 'alt'],
    takesInstructions: false,
    sees: false,
    parent: null,
    sendsPixelsTo: null,
    modelVersion: '1',
    async caption({ thumbnail, width, height, style }) {
      const measures = measureImage(await decodeReduced(thumbnail))
      const size = style === 'alt' ? '' : ` of ${width} × ${height} pixels`
      return { text: describe(measures, size) }
    },
  }
}

/** "Landscape colour image of 1024 × 768 pixels: mostly blue and white, bright, busy." */
function describe(measures: ImageMeasures, size: string): string {
  const { orientation, grayscale, brightnessWord, textureWord } = measures
  const format = orientation.charAt(0).toUpperCase() + orientation.slice(1)
  const kind = grayscale ? 'greyscale' : 'colour'
  const colours = grayscale ? [] : [`mostly ${joinWords(measures.colors.map(({ name }) => name))}`]
  const light = brightnessWord === 'balanced' ? 'balanced light' : brightnessWord
  const texture = textureWord === 'moderate' ? 'moderately busy' : textureWord
  return `${format} ${kind} image${size}: ${[...colours, light, texture].join(', ')}.`
}
