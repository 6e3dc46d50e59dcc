import { leadIns } from './words/lead-ins.ts'

/** Takes off the words that only say that there is a picture: "The image shows", "In this photo,". */
export function stripLeadIn(text: string): string {
  const head = `${text.slice(0, longestLeadIn)} `
  for (const leadIn of leadIns) {
    const found = leadIn.exec(head)
    if (found) return text.slice(found[0].length).trim()
  }
  return text
}

const longestLeadIn = 120
