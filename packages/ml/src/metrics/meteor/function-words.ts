/**
 * The words METEOR 1.5 weighs as function words in English: those of relative frequency above 10⁻³ in
 * a large corpus of news, which is why "people", "year" and some punctuation marks are among them.
 */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `the , . to of and a in that for " is on 's it with was as said at he by be from have has are his
   but an this not i will ’ they ) -rrb- ( -lrb- who their had we which were been more or s its would
   about new one after you : also up when there than $ all out her people she year two - can if last
   first “ over other ” into some what so -- no time years could ? 't — '`.split(/\s+/),
)
