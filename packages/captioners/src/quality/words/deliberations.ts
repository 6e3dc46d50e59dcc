const answer = '(?:caption|sentence|description|alt text|response|reply|answer|text)'

/** Ways to think aloud about a task, or to repeat it. Tried on lower case without quoted text. */
export const deliberations = [
  // Who asks, and for what
  '\\bthe user (?:\\w+ )?(?:wants|asks|asked|is asking|requests|requested|needs|provided|would like|expects|said|wrote)\\b',
  '\\b(?:the|this|my|your|system) (?:prompt|task|request|instructions?) (?:\\w+ )?(?:says?|asks?|wants?|requires?|states?|specif\\w+|is to|tells?)\\b',
  '\\b(?:as|like) (?:you )?(?:\\w+ )?(?:instructed|requested|asked)\\b|\\b(?:per|following|according to) (?:your|the) (?:request|instructions?|prompt)\\b',
  "(?:l'utilisateur|der (?:nutzer|benutzer)|die nutzerin|el usuario|l'utente|o usuário|de gebruiker|użytkownik) (?:\\p{L}+ ){0,2}(?:demande|souhaite|veut|möchte|will|verlangt|fragt|quiere|pide|solicita|chiede|vuole|pede|quer|solicita|deseja|wil|vraagt|chce|prosi)|kullanıcı .{0,40}(?:istiyor|istedi)|пользователь (?:хочет|просит|попросил)|المستخدم (?:يريد|يطلب)|(?:用户|使用者|用戶).{0,6}(?:想|要|希望|让|請求|请求)|ユーザー(?:は|が|の).{0,20}(?:求め|望|依頼|要求|欲し)|사용자(?:가|는|의).{0,20}(?:원|요청|요구)",
  "\\b(?:the )?user (?:has |have )?(?:uploaded|sent|shared|given|attached)\\b|\\b(?:we|i)(?:'re| are|'m| am| was| were) (?:asked|supposed|told|expected|required|instructed) to\\b",
  "\\bthink step by step\\b|\\bmy (?:thought process|reasoning|analysis|task|job)\\b|\\b(?:the|my) (?:final )?(?:answer|caption|output|result) (?:is|would be) ?:|\\bi(?:'d| would) (?:say|guess|call it)\\b",
  // What the answer has to be
  '\\(\\d{1,4} (?:characters|chars|words)\\b',
  `\\b${answer}s? (?:should|must|needs? to|has to|have to|ought to|could be|would be|might be|can be)\\b`,
  '\\b(?:at most|no more than|maximum(?: of)?|fewer than|less than|up to|under|within|below|exceed(?:ing)?|limit of) (?:\\d+|one|two|three) (?:characters|words|sentences?|tokens)\\b|\\b(?:\\d+|one|two) (?:characters|words|sentences?) (?:at most|or less|or fewer|max|maximum|limit|only|long)\\b',
  `\\b(?:i|we) need (?:an?|one|the|only|to (?:\\w+ )?(?:write|produce|describe|caption|give|create|keep|be|mention|avoid|make|output|find|focus|figure))\\b.{0,60}\\b(?:${answer}|image|picture|photo|brief|concise|vivid|here|short)`,
  // What the speaker is about to do
  "\\bi (?:should|need to|must|have to|will|could|might|can|want to|am going to)(?: (?:not|also|probably|just|now|then|first|only|start by|avoid|try to))* (?:describ\\w+|caption|mention\\w*|avoid|shorten|rephrase|focus|combin\\w+|identify\\w*|be (?:vivid|concise|brief|careful|specific|factual|short|creative)|make sure|double-check|output|craft|summari[sz]e|go with)\\b|\\bi'(?:ll|m going to) (?:just |now |then )?(?:describe|caption|mention|avoid|shorten|go with|say:|write|craft|focus|start with|keep it|leave (?:it|that|them|him|her) out)",
  "\\b(?:let me|let's|let us) (?:see[.,:;]|think[.,:;]|think about|look at (?:the|this) (?:image|picture|photo|prompt)|look (?:again|closer)[.,:]|analy[sz]e|examine|break (?:it|this) down|describe|craft|write (?:an?|the|this)|draft|refine|count (?:the )?(?:characters|words)|re-?read|identify|count)",
  '^(?:first|okay|ok|alright|all right|so|hmm+|wait|right|now|well)\\b,?.{0,100}\\b(?:identify|the caption|a caption|sentence|the user|prompt|describe|need to (?:describe|write|caption|be)|main (?:subject|elements?)|instructions?)\\b',
  '\\b(?:hmm+|wait)\\b[,.… ].{0,200}\\b(?:caption|sentence|not visible|prompt|maybe (?:he|she|it|they|the)|actually,)|\\bmaybe something (?:about|like)\\b|\\bor is that too\\b',
  '\\bthe (?:main|key|central) (?:subject|elements?|object|focus)s? (?:here )?(?:is|are|seems?|appears?|of (?:the|this) (?:image|picture|photo))\\b',
  // Steps, drafts and results
  '(?:^|[.!?:\\n]\\s?)(?:draft|step|attempt|option|version|caption|try|candidate) ?#?\\d{1,2} ?[:.)]|^you are an? (?:\\w+ ){0,4}(?:assistant|captioner|model|expert|ai)\\b|\\b(?:final|best|revised) (?:answer|caption|version|sentence|output|draft|description) ?:|\\b(?:go|going) with (?:draft|option|version)\\b',
  '(?:[.!?]\\s|\\n)(?:\\()?(?:note|nb|disclaimer|p\\.?s\\.?) ?(?:that)?:',
  // An instruction as such, at the start of a sentence
  `(?:^|[.!?\\n]\\s?)(?:describe|caption|write|reply|respond|answer|give|return|output|provide)\\b (?:\\w+ ){0,4}(?:image|picture|photo|photograph|only|${answer})\\b`,
  `\\b(?:must|do|should) not (?:contain|include|mention|exceed|use|start|add)\\b|\\bno preamble\\b|\\bnothing else\\.`,
  // The same in the other large languages
  '\\bje (?:dois|devrais|vais) (?:donc )?(?:mentionner|décrire|éviter|écrire|rédiger|faire)|\\bich (?:muss|sollte|soll|werde) (?:also |nun |jetzt )?.{0,60}(?:beschreiben|erwähnen|vermeiden|formulieren|schreiben)\\b|\\b(?:debo|debería|voy a) (?:mencionar|describir|evitar|escribir)|\\b(?:devo|dovrei|deveria|preciso) (?:menzionare|descrivere|evitare|scrivere|mencionar|descrever|evitar|escrever)|\\bik moet .{0,40}(?:beschrijven|vermelden|vermijden|schrijven)|(?:я )?(?:должен|должна|нужно|надо) (?:описать|упомянуть|избежать|написать)|(?:muszę|powinienem|powinnam) (?:opisać|wspomnieć|napisać|unikać)|يجب أن (?:أصف|أذكر|أكتب)|我(?:需要|应该|得|要|應該)(?:用|描述|写|提到|避免|先|把)|(?:説明|描写|記述|言及)(?:する必要|すべき|しなければ)|(?:설명|묘사|언급)해야',
].map((source) => new RegExp(source, 'u'))
