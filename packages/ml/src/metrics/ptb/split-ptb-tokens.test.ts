import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prepareLine } from './prepare-line.ts'
import { scanToken } from './scan-token.ts'
import { splitPtbTokens } from './split-ptb-tokens.ts'

test.each([
  [
    'clitics',
    "the cat's here, they're late, I'd say we'll go",
    "the cat 's here , they 're late , i 'd say we 'll go",
  ],
  ['clitics in capitals', "IT'S WHAT WE'RE", "it 's what we 're"],
  ['a typographic apostrophe', 'the cat’s bowl isn’t full', "the cat 's bowl is n't full"],
  ['negations', "they don't and CAN'T stop", "they do n't and ca n't stop"],
  ['a misplaced apostrophe', "they are'nt here", 'they are ` nt here'],
  ['clitics already cut', "a girl 's hat did n't fit", "a girl 's hat did n't fit"],
  ['plural possessives', "the horses' stable", "the horses ' stable"],
  [
    'two words in one',
    'I cannot, gonna wanna gotta Lemme gimme',
    'i can not , gon na wan na got ta lem me gim me',
  ],
  ['a shortened it', "'tis cold, 'Twas warm", "'t is cold , 't was warm"],
  ['a shortened you', "y'all come", "y' all come"],
  [
    'shortened words',
    "rock 'n' roll with 'em 'til the '80s at Dunkin' Donuts",
    "rock 'n' roll with 'em 'til the '80s at dunkin' donuts",
  ],
  [
    'apostrophes inside',
    "ma'am, at ten o'clock O'Hara graffiti'ed l'Eau",
    "ma'am , at ten o'clock o'hara graffiti'ed l'eau",
  ],
  ['a year', "a '57 car", "a '57 car"],
])('%s', (_case, caption, expected) => {
  expect(splitPtbTokens(caption).join(' ')).toBe(expected)
})

test.each([
  [
    'streets and titles',
    'Dr. Lee on Oak St. and 5th Ave. nearby',
    'dr. lee on oak st. and 5th ave. nearby',
  ],
  ['any case', 'by the lake in mich. and PENN. today', 'by the lake in mich. and penn. today'],
  [
    'states that are words',
    'an ill. bird. See Ill. and Wash. too',
    'an ill . bird . see ill. and wash. too',
  ],
  ['acronyms', 'the U.S. team at 7 p.m. on t.v. now', 'the u.s. team at 7 p.m. on t.v. now'],
  ['initials', 'John F. Kennedy', 'john f. kennedy'],
  ['a number sign', 'bus no. 9 and No.4; he said no.', 'bus no. 9 and no. 4 ; he said no .'],
  ['a closing abbreviation before a capital', 'cups etc. Two cats', 'cups etc. . two cats'],
  ['an acronym before a sentence', 'in the U.S. The flag', 'in the u.s. . the flag'],
  ['a letter before a sentence', 'a big K. The wall', 'a big k . the wall'],
  ['a letter before a name', 'a K. Smith', 'a k. smith'],
  ['a dot before a comma', 'a green door., open', 'a green door. , open'],
  ['a missing space', 'a red cup.The cat', 'a red cup.the cat'],
])('abbreviations: %s', (_case, caption, expected) => {
  expect(splitPtbTokens(caption).join(' ')).toBe(expected)
})

test.each([
  ['times', '7:45pm, 7pm, 10:30', '7:45 pm , 7pm , 10:30'],
  ['thousands and decimals', '12,500 and 2.5 or .5', '12,500 and 2.5 or .5'],
  ['money', '$3.50, 20¢, £5 or US$9', '$ 3.50 , 20 cents , # 5 or us$ 9'],
  ['a sign without a number', 'a $ sign', 'a $ sign'],
  ['percentages', '25% off', '25 % off'],
  ['fractions', '1/2 a pie, ¾ full', '1/2 a pie , 3/4 full'],
  ['ordinals and sizes', 'the 2nd 4x4 in 3-D', 'the 2nd 4x4 in 3-d'],
  ['dates', '10/29/2011 and 10-29-2011', '10/29/2011 and 10-29-2011'],
  ['decades', "the 1970's and 1970s-era", "the 1970 's and 1970s-era"],
  ['a telephone number', 'call (555) 123-4567', 'call -lrb-555-rrb-\u00A0123-4567'],
  ['a hash before a number', 'player #7', 'player # 7'],
  ['degrees', '30° outside', '30 ° outside'],
])('numbers: %s', (_case, caption, expected) => {
  expect(splitPtbTokens(caption).join(' ')).toBe(expected)
})

test.each([
  ['hyphens', 'a t-shirt, well-lit', 'a t-shirt , well-lit'],
  ['a hanging hyphen', 'red- and blue-eyed', 'red - and blue-eyed'],
  ['a comma before a hyphen', 'red,white-hot iron', 'red,white-hot iron'],
  ['slashes', 'boat/car and cup/pot/pan w/ lid', 'boat/car and cup/pot/pan w / lid'],
  ['capitals with &', 'A&W, M&Ms, b&w, R&amp;B', 'a&w , m&m s , b & w , r&b'],
  ['tags', 'x <b>bold</b> <img src="a b">', 'x <b> bold </b> <img\u00A0src="a\u00A0b">'],
  ['handles', '@home #fun 4 at', '@home # fun 4 at'],
  [
    'addresses',
    'me@a.org, see www.a-b.com/xy or http://a.com/b.',
    'me@a.org , see www.a-b.com/xy or http://a.com/b .',
  ],
  ['file names', 'img_12.jpg shows', 'img_12.jpg shows'],
  ['other alphabets', 'Ein Café in Zürich, кот', 'ein café in zürich , кот'],
  ['a soft hyphen', 'foot\u00ADball', 'football'],
  ['unknown characters', 'dog🐶cat \u0000a\u200Bb ❤\uFE0F', 'dog cat a b ❤'],
])('compounds: %s', (_case, caption, expected) => {
  expect(splitPtbTokens(caption).join(' ')).toBe(expected)
})

/** The scanner without its short way for plain words. */
function splitByRules(caption: string, following: string): string[] {
  const line = prepareLine(caption, following)
  const tokens: string[] = []
  for (let position = 0; position < line.end; ) {
    const { token, next } = scanToken(line, position)
    const written = token?.replaceAll('\uFFFF', '').toLowerCase()
    if (written) tokens.push(written)
    position = next
  }
  return tokens
}

test('the short way for plain words finds what the rules find', () => {
  const word = fc.constantFrom(
    ..."a man cannot gonna St Ave no etc I U u.s t.v Miss miss penn dog don't two 2 1/2 M&M".split(
      ' ',
    ),
    ...['Yahoo!', 'pro-', 'e', 'cats.dogs', 'n', 'A', 'The', 'bancorp', 'a-b', 'x@y', '$', '#'],
  )
  const gap = fc.constantFrom(' ', '  ', ', ', ',', '. ', '.', '.,', ' . ', '! ', "'s ", '-', ' , ')
  const caption = fc
    .array(fc.tuple(word, gap), { maxLength: 10 })
    .map((parts) => parts.flat().join(''))
  fc.assert(
    fc.property(caption, fc.constantFrom('', 'x', 'A man', ' The', '2 dogs'), (text, following) => {
      expect(splitPtbTokens(text, following)).toEqual(splitByRules(text, following))
    }),
    { numRuns: 3_000 },
  )
})
