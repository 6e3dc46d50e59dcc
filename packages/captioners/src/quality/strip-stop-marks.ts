/**
 * Takes marks off the edges that say where a model's text begins and ends. Some servers leave them in
 * every answer. Inside the text they are left for the check: there, the model went on with another text.
 */
export const stripStopMarks = (text: string): string =>
  text.replace(atStart, '').replace(atEnd, '').trim()

/** What marks are called, in `<…>`, `<|…|>`, `<｜…｜>` and `[…]`, by the models that many servers run. */
const names = [
  's|bos|eos|eot|eod|eom|pad|sep|cls|stop|return|end|startoftext|endoftext|endofturn|endofprompt',
  'start_?of_?\\w{1,20}|begin_?of_?\\w{1,20}|end_?of_?\\w{1,20}',
  '(?:im|turn|box|text|answer|response|vision|ref|bos|role)_(?:start|end|begin|sep)',
  '(?:eot|eom|start|end)_(?:id|token|text|turn|response|answer)|(?:start|end)_\\w{1,20}_token|turn',
].join('|')

/** "▁" stands for a space in the vocabularies that DeepSeek's models come from. */
const mark = `(?:<[|｜]?/?(?:${names.replaceAll('_?', '[_▁]?')})/?[|｜]?>|\\[[|｜]?/?(?:${names})[|｜]?\\])`

/** Models of GLM stop before the next speaker. */
const nextSpeaker = '<[|｜](?:user|observation)[|｜]>'

const atStart = new RegExp(`^(?:${mark}\\s{0,9}){1,20}`, 'i')
const atEnd = new RegExp(`(?:\\s{0,9}(?:${mark}|${nextSpeaker})){1,40}\\s{0,9}$`, 'i')
