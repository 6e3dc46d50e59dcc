const anchored = (source: string) => new RegExp(`^(?:${source})`, 'iu')

/** An agreement by itself: "Of course!", but not the "of course" of a sentence. */
const agreement = [
  "sure(?: thing)?|certainly|of course|absolutely|yes|yep|okay|ok|alright|all right|got it|gladly|with pleasure|no problem|definitely|understood|great|perfect|my pleasure|happy to help|thanks|thank you|hello|hi there|hi|you got it|as requested|here you go|here it is|i'd love to",
  'gerne|sehr gerne|natürlich|klar|selbstverständlich|sicher|hier bitte|natuurlijk|zeker|graag|met plezier|alsjeblieft',
  "bien sûr|volontiers|d'accord|certainement|avec plaisir|claro(?: que sí)?|por supuesto|desde luego|con gusto|de acuerdo|certo|certamente|volentieri|va bene|com certeza|com prazer|pois não",
  'oczywiście|jasne|pewnie|tabii(?: ki)?|elbette|memnuniyetle|конечно|разумеется|хорошо|с удовольствием|بالتأكيد|بالطبع|بكل سرور|حسنًا|تفضل',
  '好的|当然|當然|没问题|沒問題|可以|はい|もちろんです?|承知しました|かしこまりました|わかりました|네|예|물론입니다|물론이죠|알겠습니다',
].join('|')

/** Words that say "here is". */
const here = [
  "here(?:'s| is| are)|below (?:is|are)|this is|the following is|i(?:'d| would) (?:suggest|describe|caption)|how about|you (?:could|can) use",
  'hier (?:ist|sind|is|zijn|kommt|die|der|eine?)|voici|voilà|aquí (?:tienes?|está|va)|este es|esta es|ecco|aqui (?:está|vai)|segue|oto|proszę|işte|İşte|aşağıda|вот|إليك|هذا|هذه|فيما يلي',
  '以下|这是|這是|下面|こちら|以下|これ|다음은|여기|아래',
].join('|')

/** What is announced. */
const announced = [
  'caption|descri\\w+|sentence|attempt|idea|result|alt[ -]?text|text|version|option|suggestion|answer|line',
  'bildunterschrift|\\p{L}*beschreibung|beschriftung|satz|bijschrift|beschrijving|zin|tekst|antwoord|antwort',
  'légende|phrase|texte|leyenda|frase|oración|texto|respuesta|didascalia|testo|legenda|descrição|pie de foto',
  'opis|podpis|zdanie|açıklama|cümle|metin|başlık|описание|подпись|предложение|текст|وصف|الوصف|تعليق|جملة',
  '描述|说明|說明|句|配文|标题|標題|キャプション|説明|文|캡션|설명|문장',
].join('|')

const photo = '(?:photo|photograph|picture|image|shot|pic)'
const praise =
  'great|lovely|beautiful|nice|wonderful|amazing|stunning|gorgeous|cute|fantastic|cool|fun|charming|striking|adorable|excellent|interesting'

/** "Sure, ", "Absolutely — " */
const before = '(?:[^\\n:：.!?]{0,60}(?:[,!.،，。、！]|\\s[–—-])\\s*)?'

/** Beginnings that address the reader. Each ends where the caption may start. */
export const openings = [
  // "Sure, here is a one-sentence caption for you:"
  anchored(
    `${before}(?:${here})[^\\n:：]{0,90}?(?:${announced})[^\\n:：.!?]{0,60}(?:[:：]|[.!](?=\\s|$)|(?=\\n|$))`,
  ),
  // "A fitting caption for this photo would be:"
  anchored(
    `[^\\n:.!?"]{0,60}\\b(?:caption|alt[ -]text|description|sentence)\\b[^\\n:.!?"]{0,60}\\b(?:is|be|read|(?:for|of) (?:this|the|your) ${photo})\\s?:`,
  ),
  anchored(`${before}(?:here it is|here you (?:go|are)|here's one)\\s?[:.!]`),
  anchored("i(?:'d| would) (?:describe|caption|put|phrase) (?:this|it|the)\\b[^\\n:.]{0,40}:"),
  anchored(`(?:${agreement})\\s?(?:[!！.。:：]|\\s[–—-]\\s)`),
  // What stands between an agreement and a colon at the end of a line: "Gerne, bitte sehr:"
  anchored(`(?:${agreement})[,，、،]?[^\\n:：.!?]{0,60}[:：](?=\\s*(?:\\n|$))`),
  anchored(
    `${before}(?:(?:i(?:'d| would) be|i'm|i am) (?:more than )?)?(?:happy|glad|delighted|pleased) to(?: (?:help|assist|describe|caption|write|provide)[^\\n.!?:]{0,80})?[.!:]`,
  ),
  anchored('how (?:can|may) i (?:help|assist)[^\\n.!?]{0,40}\\?|(?:great|good) question!'),
  anchored('(?:thank you|thanks) for [^\\n.!?:]{0,80}[.!:]'),
  // "Ooh, I love this one!", "What a wonderful picture!", "Great photo!"
  anchored(
    `(?:(?:oo+h+|oh|wow|ah|aw+|haha)[,!]?\\s+)?(?:(?:i|we) (?:\\w+ )?(?:love|like|adore)|what an?|such an?|(?:this|that|it)(?:'s| is) (?:such )?an?)\\s[^\\n.!?]{0,40}\\b(?:${photo}|one)\\b[^\\n.!?]{0,30}!`,
  ),
  anchored(`(?:${praise}) ${photo}\\b[^\\n.!?]{0,30}!`),
]
