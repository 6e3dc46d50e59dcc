const picture = '(?:image|photo|photograph|picture|file|attachment|photos|images|pictures)'

/** "can't", "am not able to", "must respectfully decline": what one says of oneself. */
const unable = [
  "can't|cannot|can not|cant|could(?:n't| not)|won't|will not|would(?:n't| not)|should(?:n't| not)|may not",
  "(?:'m|am|'re|are|was|were|been) (?:\\w+ )?(?:unable|not (?:\\w+ )?(?:able|allowed|permitted|comfortable|going|in a position|authori[sz]ed|equipped|designed|supposed|capable|programmed|willing|trained|built|meant|made|set up))",
  "do(?:n't| not)(?: (?:have|feel|think|want|wish))?|never|avoid|have no (?:way|ability|means)|lack the|(?:must|have to|need to|will|'ll) (?:\\w+ )?(?:decline|refuse|pass)|decline|refuse|(?:'d|would) (?:rather|prefer) not|prefer not",
].join('|')

/** Acts that only a captioner does; they need no object. */
const describe =
  'describ\\w+|descriptions?|captions?|captioning|assist\\w*|help (?:you|with|in|here|on|out)|help$|comply|engage with|identify\\w*|comment(?:ing)? on|analy[sz]e|generate|provide (?:an?|any|the|that|this|details?|information|content|you)|(?:create|write|produce|do|answer|continue|fulfil+|complete|support|process|discuss|share|interpret) (?:an?|any|the|that|this|your|such|it|on|with|these|those|so|content|captions?|anything)\\b|recogni[sz]e (?:the|this|these|people|individuals|anyone|faces|who|real)|say who|tell (?:you )?who|know who|determine|confirm|verify|guess|reveal|disclose|name (?:the|this|these|people|anyone)|speculate|do that'

/** Acts that anyone in a scene may do: only with a picture as their object. */
const see = `(?:see|view|open|access|load|display|look|read|find|receive|received|get|make out|tell|detect|process)\\b.{0,40}\\b${picture}`

const mayNot =
  '(?:may |might |could |would |appears to |seems to )?(?:violates?|breach(?:es)?|goes? against|(?:was|were|has been|have been|is|are) (?:declined|refused|rejected|blocked|flagged|filtered|denied)|contains? (?:\\w+ ){0,2}(?:sensitive|explicit|inappropriate|graphic|prohibited|harmful) )'

const failed =
  "(?:(?:can't|cannot|can not|could not|couldn't) be (?:\\w+ )?(?:described|captioned|completed|fulfilled|provided|handled|processed|analy[sz]ed|loaded|displayed|opened|read|viewed|decoded|identified|accessed|interpreted)|(?:did|does)(?:n't| not) (?:seem to |appear to )?(?:load|upload|attach|come through|have loaded|be attached)|failed to (?:load|upload)|(?:is|was|seems|appears)(?: to be)? (?:missing$|corrupt|broken$|unavailable|inaccessible|not (?:attached|available|included|accessible|visible to me)))"

/** Each is tried on one sentence, in lower case and without quoted text. */
export const englishRefusals = [
  `\\bi\\b.{0,60}?(?:${unable})\\b.{0,80}?\\b(?:${describe})`,
  `\\bi\\b.{0,60}?(?:${unable})\\b.{0,60}?\\b${see}`,
  '\\bi (?:must|have to|need to|will) (?:\\w+ )?(?:decline|refuse)(?: (?:to|this|that|your|the)\\b|$)',
  "\\bi(?:'m| am| can| was)? only (?:able to |designed to |trained to )?(?:process|read|handle|work with|understand|respond to|see) (?:text|written|words)",
  "\\bwe\\b.{0,40}?(?:can't|cannot|are unable|are not able|won't|will not).{0,40}?\\b(?:assist|help with|process|provide|comply|fulfil|describe|caption|complete)",
  // Without a subject: "Unable to process this image", "No can do"
  `^(?:sorry,? (?:but )?|apologies,? (?:but )?|unfortunately,? )?(?:unable to|not able to|cannot|can't|not allowed to|not permitted to|not comfortable) (?:\\w+ ){0,2}?(?:${describe}|${see})`,
  "^no can do\\b|^(?:i'm |i am )?(?:so |very |really )?sorry(?:, (?:but )?(?:no|i can't|i cannot|not this one))?$|^(?:my )?apologies$",
  '\\bnot (?:something|able|possible|appropriate|comfortable|permitted|allowed)(?: for me)?(?: that)?(?: i)?(?: can| am able)?(?: to)? (?:describ|caption|identify|assist|help|do$|do for)',
  // What a model is and what binds it
  '\\bas an? (?:\\w+[ -]){0,3}(?:ai|a\\.i|language model|llm|text-based|(?:virtual|digital|helpful) assistant)\\b',
  "\\bi(?:'m| am) (?:just |only |merely |simply )?an? (?:\\w+[ -]){0,3}(?:ai|language model|llm|text-based|chatbot|assistant)\\b",
  "\\b(?:against|violat\\w+|prevents?|prohibit\\w*|restrict\\w*|outside|beyond|due to|because of|under|per|within|follow)\\b.{0,30}\\b(?:my|our|openai's|the content|the safety|usage|safety|content) (?:\\w+ ){0,2}(?:guidelines?|polic(?:y|ies)|programming|capabilit(?:y|ies)|limitations|terms|principles|instructions)\\b",
  "\\bmy (?:\\w+ )?(?:guidelines|polic(?:y|ies)|programming|instructions|training|safety \\w+) (?:\\w+ )?(?:prevents?|forbids?|prohibits?|stops?|(?:do|does)(?:n't| not)|won't|restricts?)\\b",
  `^(?:.{0,20}\\b)?(?:this|the|your|that) (?:content|${picture}|request|prompt|message|material|subject matter)(?: you (?:sent|provided|uploaded|shared))? ${mayNot}`,
  `^(?:.{0,20}\\b)?(?:(?:this|the|your|that|any) )?(?:content|${picture}|request)(?: (?:you|that you) (?:sent|provided|uploaded|shared))? ${failed}`,
  // An apology with a no
  "^(?:i'm |i am |we're )?(?:so |very |really |terribly )?(?:sorry|unfortunately|regrettably|apologies|nope|no)\\b.{1,80}\\b(?:not|no|unable|cannot|skip|pass|decline|off limits|\\w{2,6}n't)\\b.{0,80}\\b(?:(?:this|that|the) (?:one|image|picture|photo|photograph|request|content|scene)|describe|description|unable to$)",
  "^unfortunately,? i(?:'m| am) unable(?: to)?$",
  "\\b(?:this|that) one (?:i|we) (?:have to|must|will|need to) (?:skip|pass|decline)|\\bi(?:'m| am) going to (?:pass|skip)\\b",
  `^${picture}s? (?:is )?(?:unavailable|not available|not permitted|removed|blocked|missing|restricted|withheld|not found)$|^content (?:is )?(?:unavailable|not available|not permitted|removed|blocked|restricted|withheld)$`,
  `\\b${picture}(?: link| url| file)? (?:seems|appears|is|looks)(?: to be)? (?:broken|corrupt\\w*|damaged|invalid)$`,
  // No picture arrived
  `\\byou(?:r|'ve)?\\b.{0,30}\\b(?:attach\\w*|upload\\w*|message|request|prompt|sent|send)\\b.{0,30}\\b${picture}|^no ${picture} (?:here|there)\\b`,
  "\\bi(?:'d| would| will|'ll)? need (?:to see (?:it|the)|the (?:actual )?(?:image|photo|picture)|you to)\\b",
  `\\bno ${picture} (?:was |were |is |are |has been |have been |seems to be |appears to be )?(?:attached|provided|uploaded|received|included|found|detected|shared|sent|available)\\b`,
  `\\bthere (?:does(?:n't| not)|do(?:n't| not)) (?:appear|seem) to be (?:an|any) ${picture}|^(?:.{0,30}, )?there(?:'s| is| was| are) no ${picture} (?:here|attached|provided|in (?:your|this|the) (?:message|request|chat|conversation)|for me|to (?:describe|caption))`,
  `\\b(?:please|could you|can you|would you|kindly)(?: \\w+){0,2} (?:upload|attach|provide|share|send|resend|re-upload|try|paste)(?: \\w+){0,4} (?:${picture}|it|one|context|information|details|again)\\b`,
].map((source) => new RegExp(source, 'u'))
