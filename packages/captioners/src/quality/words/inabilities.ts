type Inability = { unable: RegExp; act: RegExp }

/**
 * In the other languages. `unable`: the speaker cannot or will not, in the first person where the
 * language shows it. `act`: describing, helping, or the picture. Both in one sentence are a refusal.
 */
export const inabilities: Inability[] = [
  {
    // German
    unable:
      /(?<!\p{L})(?:ich|mir|uns|wir)(?!\p{L}).{0,80}(?<!\p{L})(?:nicht|keine?[nmrs]?|unmöglich|außerstande|ablehnen|verweigern)(?!\p{L})|(?<!\p{L})(?:lässt|kann|konnte) (?:sich |leider )*(?:das|dieses) (?:bild|foto).{0,40}nicht|^(?:leider|entschuldigung|tut mir leid|es tut mir leid).{0,80}(?:nicht|keine?[nmrs]?) |als (?:ki|künstliche|sprachmodell)|(?<!\p{L})keine? (?:bild|foto|anhang).{0,40}(?:angehängt|übermittelt|hochgeladen|gesendet|vorhanden|gefunden|empfangen|beigefügt)|(?:bild|foto) (?:kann|konnte|darf|wurde) (?:leider )?nicht/u,
    act: /(?<!\p{L})(?:bild|foto|aufnahme|anfrage|beschreib|helfen|behilflich|identifizier|erkenn|person|unterstütz|alt-?text|wunsch|weiterhelfen|analysier)/u,
  },
  {
    // French
    unable:
      /(?<!\p{L})je (?:ne|n')\s?(?:peux|pourrai|puis|suis|vois|dois|souhaite|saurais|reconnais)|(?:m'est|il est) impossible|(?:suis|dans) (?:dans )?l'incapacité|(?:regret|désolée?|malheureusement).{0,60}(?:ne |n'|impossible)|en tant qu(?:e |')(?:ia|intelligence|modèle|assistant)|aucune (?:image|photo) (?:n'|jointe)|^impossible (?:de |d')|(?:image|photo) (?:n'a pas|ne peut|est introuvable)/u,
    act: /(?<!\p{L})(?:image|photo|décri|identifi|aider|légende|demande|personne|contenu|assister|répondre|texte|reconnaître)/u,
  },
  {
    // Spanish
    unable:
      /(?<!\p{L})no (?:puedo|podré|soy capaz|me es posible|estoy|veo|tengo|se ha (?:adjuntado|proporcionado))|(?:lo siento|lamento|lamentablemente|disculp).{0,40}(?<!\p{L})no |como (?:una? )?(?:ia|modelo|asistente|inteligencia)|imagen no (?:se|está|pudo|puede|ha)|ninguna (?:imagen|foto) (?:adjunta|en (?:tu|su) mensaje)/u,
    act: /(?<!\p{L})(?:imagen|imágenes|foto|describ|descripci|identific|ayud|solicitud|persona|leyenda|contenido|petición|asistir|texto)/u,
  },
  {
    // Italian
    unable:
      /(?<!\p{L})non (?:posso|potrò|sono in grado|riesco|mi è possibile|vedo|ho accesso|è stata allegata)|(?:mi dispiace|spiacente|purtroppo|mi spiace).{0,40} non |in quanto (?:ia|modello|intelligenza)|come (?:ia|modello linguistico)|immagine non (?:è stata|può|si)|nessuna immagine (?:allegata|è)/u,
    act: /(?<!\p{L})(?:immagin|foto|descri|identific|aiut|richiesta|person|didascalia|contenut|testo)/u,
  },
  {
    // Portuguese
    unable:
      /(?<!\p{L})não (?:posso|poderei|consigo|sou capaz|me é possível|vejo|tenho|estou|foi (?:anexada|enviada))|(?:desculpe|lamento|sinto muito|infelizmente).{0,40} não |como (?:uma? )?(?:ia|modelo|assistente|inteligência)|imagem não (?:foi|pode|pôde|está|carreg)|nenhuma imagem (?:foi|anexada)/u,
    act: /(?<!\p{L})(?:imagem|imagens|foto|descrev|descri|identific|ajud|solicitaç|pedido|pessoa|legenda|conteúdo|texto)/u,
  },
  {
    // Dutch
    unable:
      /(?<!\p{L})(?:ik|wij)(?!\p{L}).{0,80}(?<!\p{L})(?:niet|geen|onmogelijk|weigeren)(?!\p{L})|^(?:sorry|helaas|het spijt me).{0,60}(?:niet|geen) |als (?:ai|taalmodel|kunstmatige)|(?:afbeelding|foto) (?:kan|kon|is|werd) niet|geen (?:afbeelding|foto) (?:bijgevoegd|ontvangen|toegevoegd|gevonden)/u,
    act: /(?<!\p{L})(?:afbeelding|foto|beschrij|identificer|helpen|verzoek|person|persoon|bijschrift|beeld|plaatje|inhoud|herken)/u,
  },
  {
    // Polish
    unable:
      /(?<!\p{L})nie (?:mogę|będę|jestem w stanie|potrafię|widzę|mam|możemy|wolno mi|udało mi)|(?:obraz|zdjęci)\p{L}* nie (?:został|można|moż|udało|jest dostęp)|brak (?:obrazu|zdjęcia|załącznika)|jako (?:model|sztuczna|asystent)|muszę odmówić/u,
    act: /(?<!\p{L})(?:obraz|zdjęci|opis|pom[óo]|zidentyfik|identyfik|rozpozna|os[óo]b|podpis|prośb|treści|spraw|ludzi)/u,
  },
  {
    // Turkish: the inability is a suffix of the verb
    unable:
      /(?:amıyor|emiyor|[ae]ma(?:m|yız)|eme(?:m|yiz)|amayaca|emeyece)(?:um|uz|m|ğım|ğim|ğız|ğiz)?(?!\p{L})|mümkün değil|(?:yüklen(?:e)?medi|bulunamadı|eklenmemiş|açılamadı)|yapay zeka (?:modeli|asistanı|olarak)|reddet(?:mek|iyorum)/u,
    act: /(?<!\p{L})(?:görsel|resm|resim|fotoğraf|açıkla|betimle|tanımla|tarif|yardım|kişi|istek|isteğ|içeri[kğ]|talep|taleb)/u,
  },
  {
    // Russian
    unable:
      /(?<!\p{L})не (?:могу|можем|смогу|в состоянии|вижу|имею|в силах|умею|буду)(?!\p{L})|(?:извините|простите|к сожалению).{0,60}(?:не |невозможно)|(?:изображение|фото|картинка|файл) не (?:загруз|прикреп|найден|откры|отображ)|не удалось (?:загрузить|открыть|обработать|распознать)|(?:мне|у меня) (?:нет|невозможно)|как (?:ии|языковая|искусственный)/u,
    act: /(?<!\p{L})(?:изображени|фото|картинк|опис|опиш|помочь|помога|идентифиц|опозна|узна|люд|человек|запрос|подпис|содержим|снимк|просьб)/u,
  },
  {
    // Arabic
    unable:
      /لا (?:أستطيع|يمكنني|أقدر|أرى)|لست قادر|غير قادر|ليس بإمكاني|لن (?:أتمكن|أستطيع)|لا (?:توجد|يوجد) (?:صور|مرفق)|لا أملك|تعذر (?:تحميل|عرض|وصف)|لم يتم (?:إرفاق|تحميل)|عذر.{0,30}لا |آسف.{0,30}لا |بصفتي|كنموذج/u,
    act: /صور|وصف|أصف|مساعد|تحديد|طلب|شخاص|شخص|التعرف|محتوى|نموذج/u,
  },
  {
    // Chinese, both scripts
    unable:
      /(?:我|抱歉|对不起|對不起|遗憾|遺憾|不好意思).{0,30}(?:无法|無法|不能|不便|没法|沒法|没有办法|没有看到|没看到|看不到|不可以|拒绝|拒絕|没有收到|沒有收到|没有权限)|作为.{0,8}(?:人工智能|ai|语言模型|助手)|作為.{0,8}(?:人工智慧|ai|語言模型)|(?:图片|图像|照片|内容|请求|圖片|圖像|內容).{0,12}(?:(?:无法|無法|未能|不能)(?:加载|显示|识别|处理|打开|描述|載入|顯示|處理)|违反|違反|不符合)|(?:没有|未)(?:上传|附上|提供)(?:任何)?(?:图片|照片)/u,
    act: /图|圖|照片|描述|识别|識別|提供|帮|幫|协助|協助|请求|請求|内容|內容|人物|查看|回答|满足|处理|處理|说明|說明|要求/u,
  },
  {
    // Japanese
    unable:
      /(?:でき|出来)(?:ません|ない|かね)|(?:いたし|致し|し|お答えし|応じ)かね|お断り|控えさせ|差し控え|見え(?:ません|ない)|(?:添付|アップロード)されてい(?:ません|ない)|見当たりません|ai(?:モデル|アシスタント|言語)?(?:として|ですので|なので)|言語モデル/u,
    act: /画像|写真|説明|お手伝い|特定|識別|リクエスト|要望|人物|内容|お答え|応じ|描写|依頼/u,
  },
  {
    // Korean
    unable:
      /수\s?(?:가 )?없(?:습|어|음|네|다)|어렵습니다|불가능합|못합니다|드리지 못|보이지 않습니다|없습니다|첨부되지|업로드되지|(?:ai|언어) ?모델(?:로서|이)|인공지능/u,
    act: /이미지|사진|그림|설명|도와|도움|식별|요청|인물|내용|답변|묘사|캡션/u,
  },
]
