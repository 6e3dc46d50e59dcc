type Dangling = {
  /** Never the last word of a caption. */
  always: Set<string>
  /** Only last where something before belongs to them: "to lean against". */
  unlessStranded?: Set<string>
}

const words = (list: string) => new Set(list.split(' '))

/**
 * Words that need another one after them: articles, possessives, conjunctions, prepositions. Not those
 * that a language puts at the end as well, such as German "an", "auf" and "ein" of separable verbs.
 */
export const danglingWords: Record<string, Dangling> = {
  en: {
    always: words(
      'a an the and or but nor of his their its my your our because while whose than very as if although though unless whereas am being wearing every each this these those',
    ),
    unlessStranded: words(
      'with at from into onto to for through against beside between among toward towards beneath under near during upon via until across who which that whom where when so be has have had',
    ),
  },
  de: {
    always: words(
      'der die das den dem des einem einen einer eines und oder aber weil während von für ohne gegen neben zwischen im am vom zum zur beim ins als dass seine seinen seinem seiner ihre ihren ihrem ihrer mein meine sowie sehr',
    ),
  },
  nl: {
    always: words(
      'de het een en of maar van met naast tussen zonder terwijl omdat die zijn hun haar als dat te',
    ),
  },
  fr: {
    always: words(
      "le la les l' un une des du de d' au aux et ou mais sans sous sur dans par pour en chez vers son sa ses leur leurs qui que dont ce cette ces très à avec où",
    ),
  },
  es: {
    always: words(
      'el la los las un una unos unas de del al y o e pero con sin sobre en por para su sus que mientras muy a entre hacia',
    ),
  },
  it: {
    always: words(
      "il lo la i gli le l' un un' uno una di del dello della dei degli delle al allo alla ai alle dal dalla nel nella con su sul sulla per in da e o ma che suo sua suoi molto tra fra",
    ),
  },
  pt: {
    always: words(
      'o a os as um uma de do da dos das em no na nos nas e ou mas com sem sobre por pelo pela para seu sua seus suas que muito ao à entre enquanto',
    ),
  },
  pl: {
    always: words(
      'i w we z ze na do od o u po przy pod nad za oraz lub ale który która które bez dla przez ku',
    ),
  },
  tr: { always: words('ve veya bir bu ile ama çok gibi için') },
  ru: {
    always: words(
      'и в во на с со у к ко от до по за под над из о об при без для через между возле около который которая которое которые а но или что как',
    ),
  },
  ar: { always: words('في من على إلى مع و عن أو التي الذي بين تحت فوق بجانب أمام') },
  zh: { always: words('的 和 与 在 把 被 着 正 與 及 或 从') },
  ja: { always: words('を は が の と で も や へ から') },
  ko: { always: words('와 과 및 그리고 있는 를') },
}
