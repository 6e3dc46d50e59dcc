import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const reasonOf = (text: string, language: string) => {
  const verdict = checkReply({ text }, { style: 'alt', language })
  return verdict.kind === 'fail' ? verdict.reason : undefined
}

test.each([
  ['en', 'Ein Hund auf einer Wiese.', 'German'],
  ['de', 'Two cows behind an electric fence', 'English'],
  ['pt', 'Una chica lee un libro en la parada.', 'Spanish'],
  ['ja', 'A boy is catching cicadas.', 'another script (Latin)'],
  ['ja', '一只黑色的狗在沙滩上跑步。', 'Chinese'],
  ['zh', '犬が浜辺を走っている。', 'another script (Kana)'],
  ['pl', 'Starý muž prodává houby u lesní cesty.', 'another language'],
  ['en', 'A dog on a lawn. Ein Hund auf einer Wiese.', 'German'],
])('asked for %s, %j is %s', (language, text, other) => {
  expect(reasonOf(text, language)).toContain(`is in ${other}`)
})

test.each([
  ['en', 'A shop in Lyon with "Fermé le lundi" painted on its door'],
  ['en', 'Plaza de la Constitución at dusk'],
  ['en', 'Crème brûlée and café au lait on a tray'],
  ['de', 'Ein Jogger mit Smartphone vor einem Coffee-Shop'],
  ['ja', '白い猫'],
  ['zh', 'iPhone放在桌子上'],
  ['hi', 'घास पर एक कुत्ता'],
  ['es', 'Perro'],
  ['not a tag', 'A dog'],
])('asked for %s, %j will do', (language, text) => {
  expect(reasonOf(text, language)).toBeUndefined()
})
