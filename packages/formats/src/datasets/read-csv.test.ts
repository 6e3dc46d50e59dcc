import { expect, test } from 'vitest'
import { createCsvParser } from './read-csv.ts'

test.each([
  ['plain cells', 'a,b\nc,d\n', ['a|b', 'c|d']],
  ['CRLF and no end', 'a,b\r\nc,d', ['a|b', 'c|d']],
  ['commas, line ends and doubled quotes in quotes', '"a,1","b\n""2"""\r\n', ['a,1|b\n"2"']],
  ['a carriage return in quotes', '"a\r\nb",c\n', ['a\r\nb|c']],
  ['empty cells', ',\n"",x\n', ['|', '|x']],
  ['empty lines', '\n\r\na\n\n', ['a']],
  ['a quote inside a cell', 'say "hi",b\n', ['say "hi"|b']],
])('%s are read, in pieces of any size', (_what, text, expected) => {
  for (const size of [1, 2, 3, 100]) {
    const parser = createCsvParser()
    const rows = []
    for (let at = 0; at < text.length; at += size)
      rows.push(...parser.read(text.slice(at, at + size)))
    rows.push(...parser.read('\n'))
    expect(rows.map(({ cells }) => cells.join('|'))).toEqual(expected)
    expect(parser.openQuote()).toBeUndefined()
  }
})

test('a row knows the line where it begins', () => {
  const parser = createCsvParser()
  const lines = [...parser.read('a\n"b\nc"\n\nd\n')].map(({ line }) => line)
  expect(lines).toEqual([1, 2, 5])
})
