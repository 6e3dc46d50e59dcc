/** What only networks, queues and accounts say, in the languages they say it in. */
export const errorMessages = new RegExp(
  [
    '\\b(?:econn\\w{3,12}|enotfound|etimedout|eai_again|ehostunreach|epipe)\\b',
    '\\bsocket hang up\\b|\\bupstream (?:connect|request|server|prematurely)|\\bconnection (?:was )?(?:refused|reset by|timed ?out|aborted)\\b|\\bfetch failed\\b|\\bread timeout\\b',
    '\\btimed? ?out after \\d|\\bdeadline exceeded\\b|\\b(?:cuda|gpu|device|hip) (?:error|out of memory)\\b|\\bout of memory\\b.{0,40}\\ballocat',
    '\\brate[ -]?limit(?:s|ed)? (?:has been |was )?(?:exceeded|reached|hit|for)\\b|\\b(?:exceeded|reached|over) (?:your|the) (?:\\w+ ){0,3}(?:quota|rate limit|usage limit|limit)\\b|\\bquota (?:exceeded|exhausted)\\b|\\binsufficient (?:quota|balance|credits?|funds)\\b',
    '\\b(?:invalid|incorrect|missing|expired) (?:api|access|auth\\w*) ?-?(?:key|token)\\b|\\bapi key\\b.{0,30}\\b(?:invalid|missing|expired|required)\\b|\\bnot authenticated\\b',
    '\\bmodel\\b.{0,40}\\b(?:is (?:currently )?(?:overloaded|loading|not (?:loaded|available))|does not exist|not found|does not support)\\b|\\bcontext (?:length|window) (?:is )?exceeded|\\bmaximum context length\\b',
    '^(?:the |our )?(?:server|service|system|engine|backend)s? (?:(?:is|are|was) (?:currently |temporarily |too )?(?:overloaded|busy[.,;]|unavailable|down[.,;])|overloaded|unavailable)|\\btemporarily unavailable\\b.{0,60}\\btry\\b|\\btry again (?:later|in \\d)',
    '^(?:error|exception)\\W{0,3}$|^error (?:while |when )?\\w{3,12}ing\\b|^(?:invalid|unsupported|unknown|malformed|missing) (?:\\w+ ){0,2}(?:format|request|input|image|parameter|argument|json|base64|url|model|media type|mime)\\b|^(?:the |your )?(?:image|file|payload|request|prompt)(?: \\w+)? (?:is )?too (?:large|big|long)\\b|\\bhealthy upstream\\b|^(?:the |your )?(?:request|connection|operation|inference|generation|call) (?:has )?timed? ?out\\b',
    '^(?:job|task|request|worker|process|operation|run|stream|upload|download) (?:was |has been )?(?:cancelled|canceled|aborted|killed|terminated|failed|rejected|expired|timed? ?out)\\b[^,]{0,30}$|\\b(?:endpoint|this model|api)\\b.{0,30}\\b(?:deprecated|restricted|disabled|unavailable)\\b|^null pointer|^undefined is not|^unexpected token\\b|certificate_verify|self-signed certificate|^ssl:|\\btokens exceed|\\bhigh load\\b',
    'réessayez|versuchen sie es (?:später|erneut)|inténte(?:lo|nlo)|intente(?:lo)? (?:de nuevo|más tarde)|riprova(?:re)? (?:più|tra)|tente novamente|probeer het (?:later|opnieuw)|spróbuj ponownie|tekrar deneyin|попробуйте (?:позже|ещё раз|снова)|повторите попытку|حاول مرة أخرى',
    '^failed to (?:fetch|decode|generate|parse|connect|load model|process|open|read|download)\\b|^(?:could not|cannot|unable to) (?:decode|connect|parse|open|download|fetch|resolve|allocate|reach)\\b|^segmentation fault|^killed$|command not found$',
    // Chinese, Japanese, Korean, and the rest of Europe
    '错误码|錯誤碼|错误代码|请求过于频繁|請求過於頻繁|请稍后(?:再试|重试)|請稍後再試|服务器(?:繁忙|错误|内部)|余额不足|しばらくしてから|サーバーエラー|エラーが発生|リクエストが多すぎ|오류가 발생|잠시 후 다시|요청이 너무',
    '(?:ошибка|błąd|fehler|erreur|error|errore|erro|fout)\\b.{0,20}(?:serwer|server|serveur|servidor)|ошибка.{0,20}сервер|服务器.{0,6}(?:错误|异常|繁忙|忙)|サーバー?.{0,6}(?:エラー|混)|서버.{0,6}오류|(?:dienst|service|servicio|servizio|serviço|usługa|сервис|服务|サービス).{0,30}(?:nicht verfügbar|indisponible|no disponible|non disponibile|indisponível|niedostępn|недоступ|不可用|利用できません)|(?:limite|límite|kontingent|quota|лимит)\\p{L}*.{0,40}(?:dépass|superad|excedid|überschritten|superat|erschöpft|превышен)',
    "délai (?:d'attente )?(?:de la requête )?dépassé|zeitüberschreitung|interner serverfehler|tiempo de espera agotado|error interno del servidor|errore interno del server|erro interno do servidor|tempo limite (?:excedido|esgotado)|interne serverfout|wewnętrzny błąd serwera|przekroczono (?:limit|czas)|sunucu hatası|zaman aşımı|внутренняя ошибка сервера|превышен[оа]? (?:время|лимит)|خطأ في الخادم|حدث خطأ",
  ].join('|'),
  'iu',
)
