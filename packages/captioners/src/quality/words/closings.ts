const anchored = (source: string) => new RegExp(`^[^\\p{L}\\p{N}¿]{0,8}(?:${source})`, 'iu')

/** By language. Each names the reader or the service, so that the last words of a story stay. */
export const closings = [
  anchored(
    "(?:please )?(?:just )?(?:let me know|feel free|do(?:n['’]t| not) hesitate|(?:i )?hope (?:this|that|it)(?:['’]s| is| was| helps| works| meets| captures| fits| suits)|(?:i )?hope (?:this|the|my|your|you) (?:like |enjoy |find )?(?:this |the |it|caption|description|text|alt text))",
  ),
  anchored(
    "(?:would you like|do you (?:want|need)) (?:me|another|an? (?:different|shorter|longer|more)|any (?:changes|other)|more (?:options|versions|detail)|to (?:see|try|change|adjust))|want (?:me to|it|another|more)\\b|just ask|shall i|should i (?:make|write|adjust|try)|was (?:this|that) |(?:does|how does|how is|how's) (?:this|that) (?:work|help|fit|capture|sound|look|for)|happy captioning|(?:tell me )?what (?:do )?you think[?!.]",
  ),
  anchored(
    "(?:is there )?any(?:thing|one) else(?: i can| you|\\?)|if you(?:['’]d| would)? (?:like|want|need|have|prefer)[^\\n]{0,80}(?:\\bme\\b|\\blet\\b|\\bfeel\\b|\\bask\\b|\\bhappy\\b|version|caption|\\bi can\\b|\\bi['’]ll\\b)",
  ),
  anchored(
    "(?:i(?:['’]m| am) |i(?:['’]d| would) be )?(?:happy|glad) to (?:help|adjust|refine|revise|provide|tweak|make|write|try)|i can (?:also )?(?:make|write|provide|adjust|offer|shorten|rewrite)|enjoy!|you(?:['’]re| are) welcome|thank(?:s| you) for (?:sharing|the|your|asking)",
  ),
  anchored(
    'this (?:caption|description|sentence|alt text) (?:is|was|has|captures|describes|highlights|aims|conveys|uses|focuses|keeps|meets|includes|emphasi[sz]es|reflects)',
  ),
  // German, Dutch
  anchored(
    '(?:sag(?:en sie)?|gib|geben sie|lass(?:en sie)?|laat) (?:mir |es mir |mich |het )?(?:gerne? )?(?:bescheid|einfach|wissen|weten|me)|ich hoffe,? (?:das|die|dass|es)|möchte(?:st du|n sie)|soll ich|falls (?:du|sie)|wenn (?:du|sie) (?:möchte|willst|wollen|noch)|wil (?:je|u) |wilt u|ik hoop|als je ',
  ),
  // French, Spanish, Italian, Portuguese
  anchored(
    "n['’]hésitez pas|n['’]hésite pas|faites-moi|fais-moi|dites-moi|dis-moi|j['’]espère que (?:cela|ça|cette)|souhaitez-vous|voulez-vous|veux-tu|si vous (?:voulez|souhaitez|avez)",
  ),
  anchored(
    'avísame|hazme saber|dime si|espero que (?:te|le|esto|sea|ajude|goste|isso)|¿(?:quieres|te gustaría|desea|necesitas)|no dudes|si (?:quieres|necesitas|deseas)',
  ),
  anchored(
    'fammi sapere|spero che (?:ti|vi|questa|sia)|se vuoi|vuoi che|me avise|avise-me|diga-me|se (?:quiser|precisar|desejar)|gostaria (?:de|que)|quer que eu',
  ),
  // Polish, Turkish, Russian, Arabic
  anchored(
    'daj(?:cie)? (?:mi )?znać|mam nadzieję|czy (?:chcesz|chciał|mam)|jeśli (?:chcesz|potrzebujesz)|umarım|isterse|başka bir (?:şey|isteğ)|yardımcı ol',
  ),
  anchored(
    'дай(?:те)? (?:мне )?знать|надеюсь|если (?:вам |вы |хотите|нужно|понадобится)|хотите|могу (?:ещё|также)|أخبرني|هل (?:تريد|ترغب)|آمل|إذا (?:كنت|أردت|احتجت)',
  ),
  // Chinese, Japanese, Korean
  anchored(
    '(?:如果|若)?(?:您|你)?(?:还)?(?:需要我|需要其他|需要更|请告诉我|希望(?:这|对|能))|如果(?:您|你)|如有|如需|请随时',
  ),
  anchored(
    '他に|ほかに|何か(?:ご|ほか)|ご希望|お役に立て|必要でしたら|よろしければ|お気軽に|(?:他|ほか)の(?:表現|スタイル)|도움이 되|필요하시|더 필요|원하시|다른 (?:스타일|표현)|알려 ?주세요|언제든',
  ),
]
