import { expect, test } from 'vitest'
import { repairReply } from './repair-reply.ts'

const repaired = (text: string, requirements: Partial<Parameters<typeof repairReply>[1]> = {}) =>
  repairReply(text, { style: 'concise', ...requirements }).text

test.each([
  '**Caption:** "A dog runs."',
  'Here’s a one-sentence description:\n\nA dog runs.'.replace('’', "'"),
  'What a lovely photo! A dog runs.',
  'In this picture, a dog runs.',
  '```\nA dog runs.\n```',
  '## Image description\nA dog runs.',
  '<think>Is it a fox?</think>\n\nA dog runs.',
  'A dog runs.\n\nWould you like a different version? 😊',
  'A dog runs. (12 characters)',
  ' A dog runs.\r\n',
])('takes the wrapping off %j', (text) => {
  expect(repaired(text)).toBe('A dog runs.')
})

test.each([
  ['de', 'Gerne! Hier ist die Bildunterschrift:\n\n„Ein Hund rennt.“', 'Ein Hund rennt.'],
  ['fr', 'Légende : « Un chien court. »', 'Un chien court.'],
  ['es', '¡Claro! Aquí tienes la descripción:\n\nUn perro corre.', 'Un perro corre.'],
  ['it', "L'immagine mostra un cane.", 'un cane.'],
  ['pt', 'Um cão corre.\n\nMe avise se quiser mudanças!', 'Um cão corre.'],
  ['nl', 'Natuurlijk! Een hond rent.', 'Een hond rent.'],
  ['pl', 'Na zdjęciu widać psa.', 'psa.'],
  ['tr', 'İşte bir açıklama:\nBir köpek koşuyor.', 'Bir köpek koşuyor.'],
  ['ru', 'Описание: Собака бежит.', 'Собака бежит.'],
  ['ar', 'الوصف: كلب يركض.', 'كلب يركض.'],
  ['zh', '这张图片展示了一只狗。', '一只狗。'],
  ['ja', 'はい、キャプションはこちらです:\n「犬が走る。」', '犬が走る。'],
  ['ko', '물론입니다! 개가 달린다.', '개가 달린다.'],
])('takes the wrapping off in %s', (language, text, caption) => {
  expect(repaired(text, { language })).toBe(caption)
})

test.each([
  '"Exit" and "No exit"',
  '"Catch me if you can," the puppy seems to say.',
  'The picture above the sofa hangs crooked.',
  'The image on the billboard shows a smiling family.',
  'Here is the last apple on the tree, daring the frost.',
  'Of course, the cat got the warm spot.',
  'What a day! Two kids splash in a puddle.',
  'The baker leans over. Would you like a slice?',
  'Line chart: sales rise from 20 to 95',
  'iPhone on a desk',
])('leaves %j alone', (text) => {
  expect(repaired(text)).toBe(text)
})

test('alt text loses "Image of", and what follows gets its capital', () => {
  expect(repaired('An image of two swans', { style: 'alt' })).toBe('Two swans')
})

test('a training caption becomes one line without a full stop, and keeps its small letter', () => {
  const text = 'Caption: photo of ohwx on a roof,\nblack jacket.'

  expect(repaired(text, { style: 'training' })).toBe('photo of ohwx on a roof, black jacket')
})

test('German text keeps its small letter', () => {
  expect(repaired('Das Bild zeigt einen Hund.', { language: 'de' })).toBe('einen Hund.')
})
