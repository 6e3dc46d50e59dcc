const words = (list: string) => new Set(list.split(/\s+/))

/**
 * Little words, and the nouns and colours that most captions have, by language. A word that two
 * languages share is in both lists, so that it speaks for neither.
 */
export const functionWords: Record<string, ReadonlySet<string>> = {
  en: words(
    'the a an of and with in on at is are to by from near behind under over his her their its that who which while into through there this one two three some several man men woman women boy girl child people person dog cat horse white black red blue green street house water sky field table old young small large standing sitting wearing holding walking looking up down off out for as it no not me or we so do was am has had i he she they him them between next front background top most all about after before dogs running playing shirt ball little grass snow jumping children air beach mouth another group player soccer crowd mountain wall stands sits runs wears holds plays looks outside other wearing smiling ocean grassy tree trees bike boat boys girls beside hair together basket puppy kitten asleep sleeping old bridge river frozen window chair bench cup plate bowl bread light night morning sun cloud bird birds car truck train empty full lying hanging parked wooden brown yellow pink grey orange road park garden kids kite kites kitchen floor lamp door roof city town market flower flowers sea lake hill woods',
  ),
  de: words(
    'der die das den dem des ein eine einen einem einer eines und mit auf in im am an von vom zu zum zur bei beim ist sind wird werden hat haben vor hinter neben unter über zwischen nach aus für durch sich nicht es er sie ihr seine seinem seiner einem zwei drei mann frau junge mädchen kind kinder leute hund katze pferd weiß rot roter rote rotes schwarz blau grün straße haus steht sitzt läuft liegt während als wie man so was wo ihre ihren',
  ),
  fr: words(
    "le la les l' un une des du de d' au aux et à avec dans sur sous en par pour son sa ses leur qui que est sont près devant derrière entre il elle ils se s' n' ne pas deux trois homme femme garçon fille enfant chien chat cheval blanc blanche noir noire rouge bleu vert rue maison vieux vieille petit petite debout assis assise tandis chez j' c' qu' ce cette a y",
  ),
  es: words(
    'el la los las un una unos unas de del al y en con sobre bajo por para su sus que es son está están junto detrás delante entre se no lo como más dos tres hombre mujer niño niña niños perro gato caballo blanco blanca negro negra rojo roja azul verde calle casa viejo vieja a mientras hay desde hasta sin',
  ),
  it: words(
    "il lo la i gli le l' un uno una un' di del dello della dei degli delle e in con su sul sulla sui sulle al alla ai alle dal dalla nel nella nelle da per che è sono si non davanti dietro accanto tra due tre uomo donna bambino bambina bambini cane gatto cavallo bianco bianca nero nera rosso rossa blu verde strada casa vecchio mentre d' dell' all' sull' nell' a o come",
  ),
  pt: words(
    'o a os as um uma uns umas de do da dos das e em no na nos nas num numa com sobre sob por para pelo pela seu sua seus que é são está estão ao à junto atrás diante entre se não dois duas três homem mulher menino menina crianças cão cachorro gato cavalo branco branca preto vermelho vermelha azul verde rua casa velho enquanto como mais',
  ),
  nl: words(
    'de het een en van op in met aan bij is zijn naar uit over onder achter voor naast tussen door om te die dat er niet zich haar hun twee drie man vrouw jongen meisje kind kinderen mensen hond kat paard wit witte zwart zwarte rood rode blauw blauwe groen groene straat huis staat zit loopt ligt terwijl als wordt ze hij tijdens langs',
  ),
  pl: words(
    'i w we z ze na do od o u po przy pod nad za się jest są nie to oraz obok przed między który która które dwa dwie dwoje trzy mężczyzna kobieta chłopiec dziewczynka dziecko dzieci ludzie pies kot koń biały biała czarny czarna czerwony czerwona niebieski zielony ulicy ulica dom stary stara stoi siedzi leży idzie jak jej jego a przez',
  ),
  tr: words(
    've bir bu ile için üzerinde altında yanında önünde arkasında içinde olan iki üç adam kadın çocuk kız erkek köpek kedi at beyaz siyah kırmızı mavi yeşil yaşlı genç küçük büyük ev sokak oturuyor duruyor yürüyor kenarında gibi da de çok',
  ),
  cs: words(
    'a v ve na s se z ze do od u po pod nad za je jsou který která muž žena dítě pes kočka bílý černý červený starý stojí sedí vedle před dva tři i o k',
  ),
  sv: words(
    'en ett och på i med av för till är som den det vid under över bakom framför två tre man kvinna pojke flicka barn hund katt häst vit svart röd blå grön gata hus står sitter sin sitt från',
  ),
  da: words(
    'en et og på i med af for til er som den det ved under over bag foran to tre mand kvinde dreng pige barn hund kat hest hvid sort rød blå grøn gade hus står sidder sin sit fra',
  ),
  fi: words(
    'ja on joka mies nainen lapsi koira kissa valkoinen musta punainen vanha seisoo istuu vieressä päällä edessä takana kaksi kolme',
  ),
  hu: words(
    'a az egy és van aki férfi nő gyerek kutya macska fehér fekete piros öreg áll ül mellett előtt mögött két három',
  ),
  ro: words(
    'un o și în pe cu de la din lângă sub peste este sunt care bărbat femeie copil câine pisică alb negru roșu bătrân stă două trei',
  ),
  id: words(
    'yang di dan dengan seorang sebuah dua tiga ini itu pada ke dari pria wanita anak anjing kucing putih hitam merah sedang duduk berdiri',
  ),
  vi: words(
    'một người đàn ông phụ nữ và trên trong với của đang con chó mèo màu trắng đen đỏ bên cạnh',
  ),
} // prettier-ignore

/** Letters that a language does not use; a few words with them may be names. */
export const foreignLetters: Record<string, RegExp> = {
  en: /[^\p{ASCII}’…\d]/u,
  de: /[^\p{ASCII}äöüß’…éèàçñ]/u,
  fr: /[^\p{ASCII}àâæçéèêëîïôœùûüÿ’…]/u,
  es: /[^\p{ASCII}áéíñóúüç’…]/u,
  it: /[^\p{ASCII}àèéìíîòóùú’…]/u,
  pt: /[^\p{ASCII}áâãàçéêíóôõúü’…]/u,
  nl: /[^\p{ASCII}áéëïóöüèê’…]/u,
  pl: /[^\p{ASCII}ąćęłńóśźżé’…]/u,
  tr: /(?!\u0307)[^\p{ASCII}çğıöşüâîûİ’…]/u,
  ru: /[іїєґўђјљњћџ]/u,
  ar: /[پچژگ]/u,
}
