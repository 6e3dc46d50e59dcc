import { openings } from './words/openings.ts'

/** Takes off what a model says to its reader before the caption: "Sure! Here is a caption:". */
export function stripOpening(text: string): string {
  const head = text.slice(0, longestOpening)
  for (const opening of openings) {
    const found = opening.exec(head)
    if (found) return text.slice(found[0].length).trim()
  }
  return text
}

const longestOpening = 240
