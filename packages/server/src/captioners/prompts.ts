import type { Style } from '@descry/contract'

/** What a model that follows instructions is asked for, by style. */
export const prompts = {
  concise:
    'Describe this image in one plain sentence of at most 20 words. Reply with the sentence only.',
  creative:
    'Describe this image in one or two vivid sentences that stay true to what is visible. Reply with the text only.',
  alt: 'Write alt text for this image for someone who cannot see it: what matters in it, at most 125 characters, no "image of". Reply with the text only.',
  training:
    'Describe this image for training an image generator: subject, pose, clothing, setting, light, framing and medium, in one factual paragraph. Reply with the text only.',
} as const satisfies Record<Style, string>
