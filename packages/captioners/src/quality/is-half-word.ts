/**
 * No English word ends as syllables begin ("backgr") or has no vowel ("sch"), and those of two letters
 * are few ("ca" is none).
 */
export const isHalfWord = (word: string) =>
  onset.test(word) || (tooShort.test(word) && !shortWords.has(word))

const onset = /[bcdfgkpt]r$|[bcfgkp]l$|(?:wh|qu|thr|str)$/
const tooShort = /^(?:[a-z]{2}|[bcdfghjklmnpqrstvwxz]{3,})$/

const shortWords = new Set([
  ...'it me us up on in go so do no ok he we by at am ox ax pi id hi oh ha my be is as an or if to of ad'.split(
    ' ',
  ),
  ...'pa ma mt ny la uk eu ai tv pm km cm mm kg mph mr mrs ms dr st bbq dj pc cd dvd ltd jr sr nyc rv cctv'.split(
    ' ',
  ),
  ...'hmm brr shh ft lb pt bw qr xl xs db hdr pvc vw bmw nfl nhl nba mlb tnt kfc hp nz tgv ctrl www'.split(
    ' ',
  ),
])
