const anchored = (source: string) => new RegExp(`^(?:${source})`, 'iu')

const photo = '(?:image|photo|photograph|picture|pic|snapshot)'
const kind = '(?:(?:provided|given|attached|uploaded|above|color|colour|black-and-white) )?'
const shows =
  '(?:shows|depicts|displays|features|captures|presents|portrays|illustrates|contains|showcases|represents|is showing|is of|is depicting|(?:appears|seems) to (?:show|depict|be(?= an? ))|is(?= an? ))'
const adverb = '(?:(?:clearly|simply|vividly|beautifully|here|also) )?'
const weSee = '(?:we|you|one|i) (?:(?:can|could) )?see'
const article = '(?=(?:an?|the|two|three|four|five|several|many|some|\\d+|people) )'

/**
 * By language. Only where the rest stands by itself: "Auf dem Bild ist … zu sehen" would leave half a
 * sentence, and "The picture above the sofa hangs crooked" is about a picture in the scene.
 */
export const leadIns = [
  anchored(`(?:the|this|your) ${kind}${photo} ${adverb}${shows}[:.…]{0,3}\\s+`),
  anchored(`(?:image|photo|picture) (?:shows|depicts|features|captures|showing|depicting) `),
  anchored(`in (?:the|this|your) ${kind}${photo}(?:, ?(?:${weSee} )?| ${weSee} | ${article})`),
  anchored(`(?:here,? )?${weSee} ${article}`),
  anchored(
    `(?:this|here|it) is an? ${photo} (?:of|showing|depicting|featuring|that shows|which shows) `,
  ),
  anchored(`this is (?=an? [\\p{L}-]{1,20} ${photo} of )`),
  anchored(
    `(?:the|this) scene (?:(?:depicted|shown) )?(?:in (?:the|this) ${photo} )?(?:shows|depicts|captures|features|presents|portrays) `,
  ),
  anchored(
    `(?:shown|pictured|depicted|seen) (?:here|in (?:the|this) ${photo}),? ?(?:is|are|we see)?:? `,
  ),
  // German, Dutch
  anchored('(?:das|dieses) (?:bild|foto) zeigt (?:uns )?'),
  anchored('auf (?:dem|diesem) (?:bild|foto) (?:sieht man|sehen wir|erkennt man|ist zu sehen:) '),
  anchored('(?:de|deze) (?:afbeelding|foto) toont |het (?:beeld|plaatje) toont '),
  anchored('op (?:de|deze) (?:afbeelding|foto) (?:zien we|zie je|ziet u) '),
  // French
  anchored(
    "(?:l['’]|cette |la |le |ce )(?:image|photo|photographie|cliché) (?:montre|représente|présente|illustre|dépeint) ",
  ),
  anchored(
    "(?:sur|dans) (?:l['’]|cette |la )(?:image|photo|photographie)(?:, ?(?:on (?:peut )?voi[rt] |nous voyons )?| on (?:peut )?voi[rt] | nous voyons )",
  ),
  // Spanish, Portuguese, Italian
  anchored(
    '(?:la|esta) (?:imagen|foto|fotografía) (?:muestra|presenta|representa|captura|retrata) ',
  ),
  anchored(
    'en (?:la|esta) (?:imagen|foto|fotografía)(?:, ?| )(?:se (?:ven?|muestran?|observan?|aprecian?|puede ver)|vemos|podemos ver) |en (?:la|esta) (?:imagen|foto|fotografía), ',
  ),
  anchored(
    '(?:a|esta|essa) (?:imagem|foto|fotografia) (?:mostra|apresenta|retrata|exibe|captura) ',
  ),
  anchored(
    'n(?:a|esta|essa) (?:imagem|foto|fotografia)(?:, ?| )(?:vê-se|veem-se|se vê|vemos|podemos ver) |n(?:a|esta|essa) (?:imagem|foto|fotografia), ',
  ),
  anchored(
    "(?:l['’]|la |questa |quest['’])(?:immagine|foto|fotografia) (?:mostra|raffigura|rappresenta|ritrae|presenta) ",
  ),
  anchored(
    "(?:nell['’]immagine|nella foto|in questa (?:immagine|foto))(?:, ?| )(?:si (?:vede|vedono|può vedere)|vediamo) |(?:nell['’]immagine|nella foto|in questa (?:immagine|foto)), ",
  ),
  // Polish, Turkish, Russian
  anchored('(?:to |ten )?(?:zdjęcie|obraz|obrazek|fotografia) (?:przedstawia|pokazuje|ukazuje) '),
  anchored(
    'na (?:tym )?(?:zdjęciu|obrazie|obrazku|fotografii) (?:widać|widzimy|widoczn\\p{L}{1,2} jest) ',
  ),
  anchored('(?:bu )?(?:görselde|resimde|fotoğrafta), ?'),
  anchored(
    'на (?:этом |этой |данном )?(?:изображении|фото|фотографии|снимке|картинке),? (?:изображ[её]н[аоы]?|показан[аоы]?|видно|виден|видна|видны|мы видим|запечатл[её]н[аоы]?|представлен[аоы]?|[—–-]) ',
  ),
  // Arabic
  anchored(
    '(?:تُ?ظهر|تعرض|توضح|تصور) (?:هذه )?الصورة |(?:هذه )?الصورة (?:تُ?ظهر|تعرض|توضح) |في (?:هذه )?الصورة، ?',
  ),
  // Chinese, Japanese, Korean
  anchored(
    '(?:在)?(?:这张|这幅|该|此|這張|這幅|該)?(?:图片|图像|照片|图|画面|圖片|圖像|照片|圖|畫面)(?:中|里|上|裡)?(?:展示|显示|描绘|呈现|拍摄|捕捉|展现|顯示|描繪|呈現|拍攝|展現)(?:的是|了|出)?[：:，,]?',
  ),
  anchored(
    '(?:在)?(?:这张|这幅|该|这|這張|這幅|該)?(?:图片|图像|照片|图|画面|圖片|圖像|圖|畫面)(?:中|里|上|裡)(?:[，,]\\s?(?:我们)?(?:可以看到|能看到)?|(?:我们)?(?:可以看到|能看到))',
  ),
  anchored('(?:この|こちらの)?(?:画像|写真)(?:に|で)?は、'),
  anchored('(?:이 |해당 )?(?:이미지|사진)(?:에는|에서는|속에는)[,、]? ?'),
]
