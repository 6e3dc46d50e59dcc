import type { FindFault } from './fault.ts'
import { errorMessages } from './words/error-messages.ts'

/** A server's error that was sent, or kept, as if it were the caption. */
export const findErrorText: FindFault = ({ text, outside }) => {
  const isError =
    isErrorObject(text) ||
    page.test(text) ||
    trace.test(text) ||
    isStatus(outside) ||
    errorMessages.test(outside.slice(0, furthest).replaceAll('’', "'"))
  return isError ? 'The reply is an error message of a server or program.' : undefined
}

const furthest = 400

/** JSON that speaks of an error and holds no text for people. */
const isErrorObject = (text: string) =>
  /^\s{0,9}[[{]/.test(text) && errorKey.test(text) && !textKey.test(text)

const key = (names: string) => new RegExp(`"(?:${names})"\\s{0,9}:`, 'i')
const errorKey = key(
  'errors?|error_?code|details?|exception|fault|traceback|message|msg|code|status|reason',
)
const textKey = key(
  'caption|description|text|alt|alt_?text|content|sentence|answer|title|response|output|result',
)

const page = /^(?:<!doctype|<html|<head|<body|<\?xml|<title)\b/i

/** What programs print when they stop. Only at the start: a screen in a picture may show one. */
const trace = new RegExp(
  [
    'Traceback \\(most',
    '[a-z.]{0,60}(?:error|exception|fault|timeout)\\s?(?:\\[\\w{1,40}\\])?:\\s',
    '(?:error|fatal|warning|panic|exception)\\s?[:[(]|\\[(?:error|fatal|warning)\\]',
    'HTTP/?\\s?[\\d.]{0,3}\\s\\d{3}\\b',
    "curl: |at \\S{1,80} \\(\\S{1,200}:\\d+|thread '\\w{1,40}' panicked",
    // "Error 503:" in many languages, but not "Error 404 page on a laptop"
    '(?:erreur|fehler|errore|erro|error|błąd|hata|ошибка|خطأ|错误|錯誤|エラー|오류)(?:\\s?(?:http|code|nr\\.?|コード|代码|코드))?\\s?[:：#(]?\\s?\\d{3}\\)?\\s{0,2}(?:$|[:：.,–—-])',
  ]
    .map((source) => `^(?:${source})`)
    .join('|'),
  'i',
)

/** "502 Bad Gateway", "Error 404: Not Found", and no more: a page in a picture is on something. */
const isStatus = (text: string) =>
  text.length < 120 && (/^[45]\d\d$/.test(text) || (status.test(text) && !shown.test(text)))

const status = new RegExp(
  `^(?:(?:http|error|status|code)[ :/]{1,3}){0,3}(?:[1-5]\\d\\d[\\s:–—-]{1,4})?(?:${[
    'internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out',
    'request time-?out|too many requests|(?:\\w{1,12} )?not found|forbidden|unauthorized|bad request',
    'payment required|payload too large|request entity too large|access denied|permission denied',
    'server error|error interno|unknown error|an? (?:unknown |unexpected |internal )?error (?:has )?occurred',
    'something went wrong|request failed|time-?out|conflict|unprocessable entity',
  ].join('|')})\\b[^,]{0,60}$`,
  'i',
)
const shown =
  /\b(?:page (?:on|of|in|with)|screen|sign|message|monitor|display|on an?|in an?|poster|shirt|icon)\b/i
