import type { Style } from '@descry/contract'

export const styleLabels = {
  concise: { name: 'Concise', purpose: 'One plain sentence' },
  creative: { name: 'Creative', purpose: 'A text with atmosphere' },
  alt: { name: 'Alt text', purpose: 'For people who cannot see the image' },
  training: { name: 'Training', purpose: 'For training an image model' },
} as const satisfies Record<Style, { name: string; purpose: string }>
