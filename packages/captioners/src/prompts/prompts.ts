import type { Style } from '@descry/contract'

const LANGUAGE = 'Write in {language}.'

/** What a model that follows instructions is asked for, by style; see `fillPrompt` for the variables. */
export const prompts = {
  concise: `Describe this image in one plain sentence of at most 20 words.
${LANGUAGE}
Reply with the sentence only.`,
  creative: `Describe this image in one or two vivid sentences that stay true to what is visible.
${LANGUAGE}
Reply with the text only.`,
  alt: `Write alt text for this image for someone who cannot see it: what matters in it, at most 125 characters, no "image of".
${LANGUAGE}
Reply with the text only.`,
  training: `Describe this image for training an image generator: the visible objects, materials, light, colours and where things are in the picture.
Write one line that begins with "photo of", without a full stop at its end.
After "photo of" comes the name of the subject, {trigger}; write {trigger} only there.
${LANGUAGE}
Reply with that line only.`,
} as const satisfies Record<Style, string>
