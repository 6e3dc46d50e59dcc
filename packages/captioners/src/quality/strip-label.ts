/** Takes off a label ("Alt text:", `alt="…"`) or a heading in front of a caption. */
export function stripLabel(text: string): string {
  const attribute = /^alt\s{0,3}=\s{0,3}(?=["“'])/i.exec(text)
  if (attribute) return text.slice(attribute[0].length)
  const heading = /^#{1,6}[ \t]{1,4}/.exec(text)
  if (heading) return withoutHeading(text.slice(heading[0].length))
  return withoutLabel(text)
}

/** A heading over a caption goes with its line; one that is all there is loses its mark. */
function withoutHeading(text: string): string {
  const end = text.indexOf('\n')
  if (end < 0) return label.test(`${text}\n`) ? '' : text
  return text.slice(end).trim()
}

function withoutLabel(text: string): string {
  const found = label.exec(`${text.slice(0, longestLabel)}\n`)
  return found ? text.slice(found[0].length).trim() : text
}

const longestLabel = 80

const adjectives =
  'image|photo|picture|short|brief|concise|creative|vivid|plain|simple|training|suggested|proposed|possible|final|revised|factual|playful|lively|poetic|evocative|descriptive|detailed|generated|accessible|english|german|french|spanish|one-sentence|single-sentence|one-line|my|your|the|an?'

/** What captioners call their answer. With more than one language per word, the first is named. */
const names = [
  'captions?|alt(?:ernative)?[ -]?text|alt|descriptions?|title|output|answer|response|result|final answer|sentence',
  // German, Dutch
  'bildunterschrift|bildbeschreibung|beschreibung|beschriftung|bildtext|alternativtext|antwort|bijschrift|onderschrift|beschrijving|afbeeldingsbeschrijving|alt-tekst|alternatieve tekst|antwoord',
  // French, Spanish, Italian, Portuguese
  "légende|réponse|texte alternatif|description de l'image|leyenda|descripción|pie de foto|título|texto alternativo|respuesta|descripción de la imagen|didascalia|descrizione|testo alternativo|risposta|legenda|descrição|resposta|descrição da imagem",
  // Polish, Turkish, Russian
  'podpis|opis|opis obrazu|opis zdjęcia|tekst alternatywny|odpowiedź|açıklama|başlık|altyazı|alt metin|görsel açıklaması|yanıt|подпись|описание|описание изображения|альтернативный текст|ответ',
  // Arabic, Chinese, Japanese, Korean
  'الوصف|وصف|وصف الصورة|التعليق|تعليق|النص البديل|تسمية توضيحية|说明|描述|图片说明|图片描述|图像描述|标题|图注|配文|回答|答案|替代文本|说明文字|說明|描述文字|圖片說明|圖片描述|標題|替代文字|キャプション|説明|説明文|画像の説明|写真の説明|代替テキスト|回答|タイトル|캡션|설명|이미지 설명|사진 설명|대체 텍스트|답변|제목',
].join('|')

/** With a colon, or alone on its line; bold or not. */
const label = new RegExp(
  `^[*_]{0,3}(?:(?:${adjectives}) ){0,3}(?:${names})(?:[*_]{0,3}[ \\t]{0,2}[:：][*_]{0,3}|[*_]{0,3}[ \\t]{0,2}\\n)`,
  'iu',
)
