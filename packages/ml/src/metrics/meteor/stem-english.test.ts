import { expect, test } from 'vitest'
import { createEnglishStemmer } from './stem-english.ts'

test.each([
  ['running', 'run'],
  ['generously', 'generous'], // Porter's first stemmer would say "gener"
  ['skies', 'sky'],
  ['dying', 'die'],
  ['constructor', 'constructor'], // a name every JavaScript object has
  ['テスト', 'テスト'],
  ['', ''],
])('the stem of "%s" is "%s", the second time too', (word, stem) => {
  const stemEnglish = createEnglishStemmer()
  expect(stemEnglish(word)).toBe(stem)
  expect(stemEnglish(word)).toBe(stem)
})
