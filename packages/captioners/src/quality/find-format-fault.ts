import type { FindFault } from './fault.ts'
import { isList } from './fit-style.ts'

/** A text that is no single caption, or not in the form that its style asks for. */
export const findFormatFault: FindFault = ({ text, outside }, { style }) => {
  if (isList(text) || isKeyed(outside) || isInlineList(outside)) {
    return 'The reply is a list, not a caption.'
  }
  if (paragraphs(text, style)) return 'The reply has several paragraphs.'
  if (hashtags.test(outside)) return 'The reply has hashtags.'
  if (/\*\*\S|\S\*\*|^#{1,6} |\|[ :-]{3,9}\|/m.test(outside)) return 'The reply has markdown in it.'
  if (style === 'training') return trainingFault(text)
  if (isKeywords(outside)) return 'The reply is a list of keywords.'
  return style === 'alt' ? altFault(text) : undefined
}

/** A screen reader says that it is an image, and reads no further than about this. */
function altFault(text: string): string | undefined {
  const length = [...text].length
  if (length > 125) return `The alt text has ${length} characters; 125 are allowed.`
  const found = /\b(?:image|picture) of\b/i.exec(text)
  return found ? `The alt text says "${found[0]}".` : undefined
}

function trainingFault(text: string): string | undefined {
  if (!/^photo of\s+\S/.test(text)) return 'The training caption does not start with "photo of".'
  if (text.includes('\n')) return 'The training caption has several lines.'
  if (text.match(/\bphoto of\b/g)?.[1]) return 'The reply holds several training captions.'
  return /[.!?;:,…。！？]$/u.test(text) ? 'The training caption ends with punctuation.' : undefined
}

/** Prose of one style may break its line once, as a verse does. */
const paragraphs = (text: string, style: string) =>
  /\n[ \t]{0,9}\n/.test(text) || (text.match(/\n/g)?.length ?? 0) > (style === 'creative' ? 3 : 0)

/** "Subject: owl; setting: barn": one colon alone may name the kind of a picture. */
const isKeyed = (text: string) =>
  (text.match(/(?:^|[.;|\n]\s?)[\p{L} ]{2,25}[:：]\s/gu)?.length ?? 0) > 1

/** "1) dog 2) ball" and "dog / ball / lawn". */
const isInlineList = (text: string) =>
  (/(?:^|\s)\(?1[.)]\s/.test(text) && /\s\(?2[.)]\s/.test(text)) || text.split(' / ').length > 2

const hashtags = /(?:^|\s)#\p{L}[\p{L}\p{N}_]{1,40}(?:\s*$|\s+#\p{L})/u

/** "beach, surfer, waves, orange sky": many items, all short, no "and" and no full stop. */
function isKeywords(text: string): boolean {
  const items = text.slice(0, 2000).split(/[,，、،]/)
  return (
    items.length >= 5 &&
    !/[.!?。！？]$/u.test(text) &&
    items.every((item) => /^\s?[\p{L}\p{N}'-]{1,30}(?:\s[\p{L}\p{N}'-]{1,30})?\s?$/u.test(item)) &&
    !/\s(?:and|und|et|y|e|en|i|ve|и|или|or)\s/iu.test(text)
  )
}
