import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const ruleOf = (text: string) => {
  const verdict = checkReply({ text }, { style: 'creative' })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each([
  "I'm unable to describe this picture.",
  "A man at a lectern. I can't tell you who he is.",
  'As an AI language model, I cannot see pictures.',
  "You haven't attached an image.",
  'This request violates our content policy.',
  'Unable to process the image.',
  'Ich kann auf dem Foto niemanden erkennen, das darf ich nicht.',
  "Je ne suis pas en mesure d'aider avec cette demande.",
  'Lo siento, no puedo ayudar con eso.',
  'Non riesco a visualizzare l’immagine.',
  'Infelizmente não consigo descrever esta foto.',
  'Helaas kan ik deze afbeelding niet beschrijven.',
  'Niestety nie mogę opisać tego zdjęcia.',
  'Üzgünüm, bu görseli açıklayamıyorum.',
  'К сожалению, я не могу описать это фото.',
  'عذرًا، لا أستطيع وصف هذه الصورة.',
  '很抱歉，我无法协助处理这个请求。',
  '申し訳ございませんが、人物を特定することはできません。',
  '죄송합니다만 이미지를 볼 수 없습니다.',
])('takes %j for a refusal', (text) => {
  expect(ruleOf(text)).toBe('refusal')
})

test.each([
  'A protester holds a sign saying "I can\'t breathe".',
  "A protester holds a sign saying I can't breathe.",
  "A wall reads “I'm sorry, I can't describe this image”.",
  'A woman who cannot see the stage stands on a chair.',
  'A World War I photograph of soldiers without helmets.',
  "I can't help but smile at this puppy.",
  'Sorry-looking snowman on a lawn',
])('takes %j for a caption', (text) => {
  expect(ruleOf(text)).toBeUndefined()
})
